// Fitted by `npm run bench -- fit`: what the built-in encoder reads in every question and in every passage, a byte a number in base64.
import type { Means } from "./centre.js";

const read = (text: string, scale: number): Float32Array =>
  Float32Array.from(new Int8Array(Buffer.from(text, "base64")), (value) => value * scale);

export const ENCODER_MEANS: Means = {
  questions: read(
    "GQwTB98G/+zv8xUG9xDHAvwBKxMG//cK6Pgp5tXaAgAdvzL+qCTtA/cELfb2vQkUMQPyEjUMA/TZOuzl0Uix9uwg8+cQDTkBIw/zvA1/KPBXwuD47l8P5wHo9/cTCLoR4gnqBBDpUyXcz/H98iD14fj0Gwj7/wnDCuwNGM0J6RoBDA+rABvTpzzwKC702E048RYMA/vt4tYc6xvx2tgK9w8VYOry3wr4G0YgIfgkCUwmBQzt6xT4zd8CF2TUAc0yCfXFAAYYDz7nIOetH/jQ7wEtxhn8FQQW9iINBhwPEN7cGev1Cwr9Sd87IihT6htgCuAZBzKs9f0C6Pq6BZcOJQ4VOwAR4NwQ3VAOCNv/Kgr42/mxyf0S8QUZEh/dCzBBE8kV2PXX25QnKeJAGhKKB/vEEAnz6vsWGtritp/sMf8BF9DAAfvl0eztE/LuCWDyDwsqB8PPGdH8G0JEAXEg9MoHFPnuvhnhTDADvQvGE/sCNQ8QCRO4FAj17RLpQQ4DDRP3OkL/8dXg6edVDRjf3dfiGRkE6CDf0Qn/Chf3VELG1TDw+/wCzAEe/OX2/RBbHQwIrgkK0eUYEfxgJOoZFko8B/UwGBID/aJF/THgHgEVaAgr/7MXuQUfA7jt//3vHwj+nO7K/sO6GSoHB9ryMeX5aAnj/8sY/CMT7Rbf0Ps=",
    0.000508986,
  ),
  passages: read(
    "+/v/CAgD4fvf/fj/zgnBEfPSDBT46wH8ExEd9ura/PES0CcMsgTTCPrzKOkG4vH7KwraESz0/vLnMPThDwew6v0fSvsQ+goT8Ajq1vxdLvQ7w9ID3FID/iflHSEvKNkYx/3uFAYBCgDt2eQY9R8G7AHtD/8MFvjIANANCuTx/A8GBwKeDvzJpAgJJy3x6DBVARUMCPjc4OI27RPw8AYdCAYiV97wxB//Gkg4FRIdEWkfEwMd9AT5sf0bGGTX/ew7ChH30SIREQIAB9SUF/fvxPc/3AD19hcH3ibrCQoWAcXJIhH6+i4CRe0gIzAr9xg069IyHRLi8gH23PqxFZPxFhcMCf/x0u0C6kERD8oACSTu+ePUyATs9QkpLDPc+SdFAPAxy/0PuoFCGe1GDROxG+b2BAjh+d8w5sPrteniLvgNFsvF7PDM4+D9AfrwCVUKChcPGMzqDvHf7xki3G8WEw8dAhr8sCOyPhrnyhfr9xQRAM0GCQW9/wn62SXgTrwcEw7zIgECA+EK+dIz+ULa3cQNFA0H4hgCFQYRJBm6ZfD36gfY+gcbHwwLCucO8BE8DwIL5+sF0xMbIOxSMfMdMFIf/9wpAybMCeAu+y3kLA/laTQ86ZYdpQzvD8oL3RXjMP0Hmfz0Ap7MUAX49Oz5KuPXY/zmEMME4BD8Cfnryfk=",
    0.000474148,
  ),
};
