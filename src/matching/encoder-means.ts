// Fitted by `npm run bench -- fit`: what the built-in encoder reads in every question and in every passage, a byte a number in base64.
import type { Means } from "./centre.js";
import { readBytes } from "./vector-store.js";

export const ENCODER_MEANS: Means = {
  questions: readBytes(
    "GQ0TCN8G/+zv8xUF+Q/HAfwBKhQGAPgK6Pgp59TZAwAdvzL+qCTuA/gFLfb2vAkVMQPyEjUMA/TYOuvl0Uiw9ewg8ecQDjgBJBDzvA1/Ke9Xwt/472AO5wHo9/cUCLoR4wrqBRHpUybcz/H98SD04fn0Gwj7/wnDCusMGM0I6RkCDQ+rABvUpzzxKC7010448hcMA/vt4tYc7Bvx2tgK9w4UYOry3gr4G0YgIvgkCEwlBQzs6xP4zN8DF2TTAM0zCfXEAQYYDz7nIOetIPjR7wAtxhj7FQQV9iENBhsPEN7cGez0DAr9Sd87ISdT6hthDOEaCDGs9f0D6Pq6BZcOJw0VO/8R4N0R3VEOCNv/KQv42/mwyf0S8AUYEh/cCzBBEsgV2PTX2pQnKeFAGxGLB/vEEQny6vwXGtnitqDrMf8CGNDAAfvk0evsE/HuCWDyDwsqBsLQGdD8GUFFAHAh9MoGFPjtvRnhTDECvQzFE/wDNQ4QCBO4FQj17RPpQg0DDhP3OkL+8NXf6OZWDBnf3NfkGhgE6CDe0gn+Chf2VULG1TDw+/wCzQEf/OX3/RBbHgwHrQkL0OUYEP1gJOsaFUo7B/YwFxIC/qJG/jHgHgAVaAks/7MXuQcfA7ntAP3uIAj/nO7J/sO6GSoHB9ryMeT4aAjjAMsY+yMT7Bff0Po=",
    0.000508341,
  ),
  passages: readBytes(
    "+/v/CAgD4fvf/fj/zgnBEfPSDBT46wH8ExEd9ura/PES0CcMsgTTCPrzKOkG4vH7KwraESz0/vLnMPThDwew6v0fSvsQ+goT8Ajq1vxdLvQ7w9ID3FID/iflHSEvKNkYx/3uFAYBCgDt2eQY9R8G7AHtD/8MFvjIANANCuTx/A8GBwKeDvzJpAgJJy3x6DBVARUMCPjc4OI27RPw8AYdCAYiV97wxB//Gkg4FRIdEWkfEwMd9AT5sf0bGGTX/ew7ChH30SIREQIAB9SUF/fvxPc/3AD19hcH3ibrCQoWAcXJIhH6+i4CRe0gIzAr9xg069IyHRLi8gH23PqxFZPxFhcMCf/x0u0C6kERD8oACSTu+ePUyATs9QkpLDPc+SdFAPAxy/0PuoFCGe1GDROxG+b2BAjh+d8w5sPrteniLvgNFsvF7PDM4+D9AfrwCVUKChcPGMzqDvHf7xki3G8WEw8dAhr8sCOyPhrnyhfr9xQRAM0GCQW9/wn62SXgTrwcEw7zIgECA+EK+dIz+ULa3cQNFA0H4hgCFQYRJBm6ZfD36gfY+gcbHwwLCucO8BE8DwIL5+sF0xMbIOxSMfMdMFIf/9wpAybMCeAu+y3kLA/laTQ86ZYdpQzvD8oL3RXjMP0Hmfz0Ap7MUAX49Oz5KuPXY/zmEMME4BD8Cfnryfk=",
    0.000474148,
  ),
};
