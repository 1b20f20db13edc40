// Fitted by `npm run bench -- fit` on the questions and utterances of `bench/explainers` and of pages that are not kept, and on
// `bench/everyday.txt`: a byte for each of the encoder's numbers, in base64, what a byte is worth, and a bias.

export interface PriorWeights {
  readonly weights: string;
  readonly scale: number;
  readonly bias: number;
}

export const IN_VAIN: PriorWeights = {
  weights:
    "EwzA8f0jBtZONh0QQB3QAfchzvPo7Q4bAgfJFuwR8fTjydklDP4MG/8y9BQcBM8qZBEA8xDczRD1BgsMIQEs8tDsytvAyOsA/zrj6CTo5CX59b8DCRDpEPAj6RATPff/yToADRkH7uT28SrsCcXhHfou5BcRv+oe/O7o6ArYBhEcIicHBe4d9v3s9NMTKPwG+BnQ6AYPHwBDA/jeDxL+/+vi1+368A1uIw4Q36r2Lg3jOg7k5MLbBPUbAefe/QDmw/j6pALiB/1I3eoPJPnP5fQI+0sPQRMH78PgzAP27kUL/L4KAmH33RP7GPXP++UPCgMtNAsWEhvy/BLu/vECE/zY5ALw/+8mJSIGIejlExUSriL95vO5zOX7EOwJBAXu4Q7t+sLhwwYKFCXfID7+4wkJ1uoZFc0UDdgAMwYItx4CM/AVIBYXJSEC2w/8B+UCCjH2NCbs8in46g0K7OoB4gzz7A8IuO8M4NYb7w0BI0b74eUIQe8b/QkgAusp4BcPKgoDF9/w8Av6GNvurfk7tq1/ENPXCC36A9khGfwBKyf5EfPZ6OMJ2PYK/PouAgsYC8cOCRj84ugA1drw+egtD0H85jPG2tzX2AHxA/De/fE1++pXGRPXAfv57v/8/+8DDvj1+hvuMQ3rCgLh/vDZCPwQCfoXFSIf5RvvsygPDNY=",
  scale: 0.0121673,
  bias: -0.246,
};

export const EVERYDAY: PriorWeights = {
  weights:
    "8OXT2S7sNP0EJS0Y2eHbCAgiBOH37EHM5OrlBcwQt/f++cshFb8k1hnpAwEjKfM86gTmGPfd1ir78i7u8NosJ8XIthsFA/TZ4AfeDv/uvPTrSvMqI/3hEAVBAQ/JDgvn5x4U2Aka5NH6/SkWCNf0+QEC/QcQIPtO/DH4AfIQ+g/w5zTm5SMV+h4cxhEUJQTm4BTj/OQ0D8TIEMPgMwD8w+nR6wHaAfrc+/Suy+MEFO3MGfYcMPMsUDYH4vz0BijM8iU3nQD2FBH93hUt/PPvRvY04R4o7jbf5ds61e/k5QhL6QTv7EIF0Q8oJvvrFNAG9CTy+hcDDg8YHPD25Qr4GwDB4fYFQf8LIQj19h0DBfMh/PcKDvcMC/j28Os3CPTU4y3OMhgcfwwH/UL08B4N3A/5IvgaKPUB0zDyFyESzfD22UZ+6x09Ggj63fvlBhAHHQb44hgRBDXpDf0FM+X0CvX7+PrgyuUa9g8R3cUH5NT36+H1Ctf+xf0H+OQY0g4G8dYW/9rs2A8VHxcGBfQT4bVMCujuHwf8LP0h8OoVChz4/ukzDOAj5hPq9C7l8+Di0eoOJdTlDyDqFf8D8xwm7w8f9Ovz9/XOOS+w8Aff9vv1/vcZ9gcRWODq5SAIPfEO3eX3Cu8wAAz43AgD7O319Agt+wQDECnwDRzw8f0JMOI=",
  scale: 0.0245677,
  bias: 0.154,
};
