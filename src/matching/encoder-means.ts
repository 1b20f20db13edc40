// Fitted by `npm run bench -- fit`: what the built-in encoder reads in every question and in every passage, a byte a number in base64.
import type { Means } from "./centre.js";
import { readBytes } from "./vector-store.js";

export const ENCODER_MEANS: Means = {
  questions: readBytes(
    "GQ0TB98G/+3u8xUG9xDHAvsAKxMGAPcK6Pgo5tXZAgAdvzL+qCTuA/gDLPX2vAkUMQPyEjUMA/TZO+vl0Uiw9uwg8+cQDTkBIw/zvA1/KfBXwuD4718P5wLn9/cUCLoR4gnqBBDoUybcz/H98iD04fj0HAj7/wnDCewNGM0J6RkBDQ+rABvTpzzxKC702E048RYMA/vs4tcc6xvx2tgK9w8VYOry3wr3G0YgIvgkCEwmBQzt6xP5zN8CF2TTAc0yCfXEAQYYDz7nIOetH/jQ7gAtxhn8FQMW9iINBhwPEd3cGev1Cwn8Sd87IidT6htgCuAZCDKs9f0C6Pu6BZcOJg4VOwAR4NwQ3VAOCNv/Kgv42/mxyf0T8QUYEiDdCzBCE8kV2PXX25QnKeFAGhKKB/vEEAnz6vsWGtnitp/sMv8BF9DAAfvl0ezsE/LuCWDyDwsqB8LPGdH8G0JEAHEh9MoHFPnuvhnhTDACvQzGE/sCNQ8QCBO4FQj17RPpQg4CDRL3OkL/8dXg6edVDRng3dfiGRkE6CDf0Qn/CRf2VELG1DDw+/wBzAIe/eX2/hBbHgwIrgkK0eUXEPxgJOoaFko8B/YwGBME/aJF/THhHgAVaAgr/7MXuQUfA7nt//3uIAj+m+7J/sO7GSoIB9ryMeT4aAnj/8sY+yMT7Rbf0Ps=",
    0.000508689,
  ),
  passages: readBytes(
    "+/v/CAgD4fvf/fj/zgnBEfPSDBT46wH8ExEd9ura/PES0CcMsgTTCPrzKOkG4vH7KwraESz0/vLnMPThDwew6v0fSvsQ+goT8Ajq1vxdLvQ7w9ID3FID/iflHSEvKNkYx/3uFAYBCgDt2eQY9R8G7AHtD/8MFvjIANANCuTx/A8GBwKeDvzJpAgJJy3x6DBVARUMCPjc4OI27RPw8AYdCAYiV97wxB//Gkg4FRIdEWkfEwMd9AT5sf0bGGTX/ew7ChH30SIREQIAB9SUF/fvxPc/3AD19hcH3ibrCQoWAcXJIhH6+i4CRe0gIzAr9xg069IyHRLi8gH23PqxFZPxFhcMCf/x0u0C6kERD8oACSTu+ePUyATs9QkpLDPc+SdFAPAxy/0PuoFCGe1GDROxG+b2BAjh+d8w5sPrteniLvgNFsvF7PDM4+D9AfrwCVUKChcPGMzqDvHf7xki3G8WEw8dAhr8sCOyPhrnyhfr9xQRAM0GCQW9/wn62SXgTrwcEw7zIgECA+EK+dIz+ULa3cQNFA0H4hgCFQYRJBm6ZfD36gfY+gcbHwwLCucO8BE8DwIL5+sF0xMbIOxSMfMdMFIf/9wpAybMCeAu+y3kLA/laTQ86ZYdpQzvD8oL3RXjMP0Hmfz0Ap7MUAX49Oz5KuPXY/zmEMME4BD8Cfnryfk=",
    0.000474148,
  ),
};
