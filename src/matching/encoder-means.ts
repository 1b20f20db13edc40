// Fitted by `npm run bench -- fit`: what the built-in encoder reads in every question and in every passage, a byte a number in base64.
import type { Means } from "./centre.js";
import { readBytes } from "./vector-store.js";

export const ENCODER_MEANS: Means = {
  questions: readBytes(
    "GQ0TB98G/+zv8xUF+A/HAfwBKhMGAPgK6Pgp59XZAwAdvzL+qCTuA/gFLfb2vAkVMQPyEjUMA/TZOuvl0Uiw9uwg8uYQDjgBJBDzvA1/Ke9Xwt/472AP5wHo9/cUCLoR4wrqBBHpUybcz/H98SD04fn0Gwj7/wnDCuwMGM0J6RkCDQ+rABvUpzzxKC702E448hcMA/vt4tYc7Bvx2tgK9w4VYOry3gr4G0YgIvgkCEwmBQzs6xP4zN8CF2TTAc0zCfXFAQYYDz7mIOetH/jQ7gEtxhj7FQQV9iENBhsPEN7cGez0DAr9Sd87ISdT6hthC+EZCDGs9f0D6Pq6BZcOJw0VO/8R4NwQ3VEOCNv/KQv42/mwyf0S8AUYEh/cCzBBEsgV2PTX2pQnKeFAGhGLB/vEEQny6vwXGtnitqDrMf8CGNDAAfvk0ezsE/HuCWDyDwsqB8LQGdH8GUFFAHAh9MoGFPjtvRnhTDECvQzFE/sDNQ4QCBO4FAj17RPpQg4DDhP3OkL+8NXf6OZVDBnf3NfkGhkE6CDe0gn+Chf2VULG1TDw+/wCzQEf/OX3/RBbHgwHrQkL0OUYEP1gJOsaFUo7B/YwGBID/aJF/jHgHgEVaAks/7MXuQcfA7ntAP3uIAj/m+7J/sO7GSoHB9ryMeT4aAjjAMsY+yMT7Bff0Po=",
    0.000508514,
  ),
  passages: readBytes(
    "+/v/CAgD4fvf/fj/zgnBEfPSDBT46wH8ExEd9ura/PES0CcMsgTTCPrzKOkG4vH7KwraESz0/vLnMPThDwew6v0fSvsQ+goT8Ajq1vxdLvQ7w9ID3FID/iflHSEvKNkYx/3uFAYBCgDt2eQY9R8G7AHtD/8MFvjIANANCuTx/A8GBwKeDvzJpAgJJy3x6DBVARUMCPjc4OI27RPw8AYdCAYiV97wxB//Gkg4FRIdEWkfEwMd9AT5sf0bGGTX/ew7ChH30SIREQIAB9SUF/fvxPc/3AD19hcH3ibrCQoWAcXJIhH6+i4CRe0gIzAr9xg069IyHRLi8gH23PqxFZPxFhcMCf/x0u0C6kERD8oACSTu+ePUyATs9QkpLDPc+SdFAPAxy/0PuoFCGe1GDROxG+b2BAjh+d8w5sPrteniLvgNFsvF7PDM4+D9AfrwCVUKChcPGMzqDvHf7xki3G8WEw8dAhr8sCOyPhrnyhfr9xQRAM0GCQW9/wn62SXgTrwcEw7zIgECA+EK+dIz+ULa3cQNFA0H4hgCFQYRJBm6ZfD36gfY+gcbHwwLCucO8BE8DwIL5+sF0xMbIOxSMfMdMFIf/9wpAybMCeAu+y3kLA/laTQ86ZYdpQzvD8oL3RXjMP0Hmfz0Ap7MUAX49Oz5KuPXY/zmEMME4BD8Cfnryfk=",
    0.000474148,
  ),
};
