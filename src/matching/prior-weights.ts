// Fitted by `npm run bench -- fit` on the questions and utterances of `bench/explainers` and of pages that are not kept, and on
// `bench/everyday.txt`: a byte for each of the encoder's numbers, in base64, what a byte is worth, and a bias.

export interface PriorWeights {
  readonly weights: string;
  readonly scale: number;
  readonly bias: number;
}

export const IN_VAIN: PriorWeights = {
  weights:
    "EwzA8vwjBtdONR0PQBzPAPchzvPo7g8aAQfJFusQ8fXjydkmDP4MG/8z9hMcBc8rZBAA8xDczRH1BgsMIQEr8tDsydzByOsA/zrk6STo5CT59L4DCRHpD/Ak6RATPPf+yjoADRgH7uP38ivsCcXhHfku4xgRwOoe++7o6AvYBhEcIicHBe4f9fzr9dMTKPwG9xnR6AYPIABDA/jfEBL+/+rj1+367w1uIw4Q4Kr1Lg7iOg3k48LcA/YbAefe/P/nxPf7pQHjCPxI3eoPI/jP5vUI+0sPQRMG7sPhzQL270QL/L4KAmH33RP6F/XP/OUQCgMsNAsWEhvy/BHu/vICE/3Y4wLv//AmJiEFIOjkFBURryL+5vK5zOT6EO0IBAXu4Q/t+cLhwwYLFCXgID7+4wkI1usYFc0UDtgAMwYJth4CMvAVHxcXJCAB2xD8COUCCjD2NCbs8yn46gwK7uoB4gz06w4IuO8M39cb7wwBI0X84OMJQO8b/QghA+sq4BcPKgoDF+Dw8Ar7GNvurPg7uK1/ENPXCS36A9khGvsCKyb6EvPZ6eMJ2PcK/PouAgsZC8cOChj84ugA1Nrv+uksDkD85jPH2tzW2AHyBPHd/fE1++lWGRPYAfz57gD8/+4DDff1+hzwMg7rCwLi/e/ZCPwQCfsXFiMg5RzwsykPDNU=",
  scale: 0.0122029,
  bias: -0.242,
};

export const EVERYDAY: PriorWeights = {
  weights:
    "8OXT2i3sM/0EJC0Y2uHbCQgiBOH460HM5OrlBcwQt/f++csgFb8k1xrpAwEjKfM86gPmGPfd1ir68i7t8NosJ8XIthsFA/TZ4AfeDv/uu/TrSvIqI/3hEAVBAhDJDgvn5x4U2Akb5dH6/SkXB9j0+QEC/QcQIPtO/DH4APIQ+g/w5zTm5SMU+R8dxhAUJQTm4BTi/OQ0D8TIEMPgMwD8w+nR6wLaAfrc+/Suy+MEFO3NGfYcMfMtUDUH4vz0BinM8iY2nQD2FBL93xUt/PPvRvU04R8n7Tbf5to61e/k5QhL6QTv7EIF0Q8oJfvrFNAG9CTy+xgEDg8YHPD25Qr4GwDB4fUFQf8LIQj19h0DBfMh/PcKDvYMC/f28Os2CPTV4y3OMhgdfwwH/UL18B4N3A74IvkaKPUB0zDyFyESzfD22UZ+6x0+GQf63fvlBhAHHQb44hgQBTXpDP0FMuT0Cvb79/vgyuYa9g8R3cUG5dT36+H1Ctf/xf0H+OQY0w4G8dYW/9rr2A4UHxcGBfQS4bVNCujuHgf9Lf0i8OoVChz4/ukzDOAj5hPq9C7l8+Di0eoOJdTlDyHqFf8C8xwm7w8f9Ovz9/XOOi+w8Afe9vz1/vcZ9gcRWODp5CAIPfIP3Ob3CvAwAQz43AgD7O319Agt/AUDECnwDRzw8f0JMeI=",
  scale: 0.0245521,
  bias: 0.154,
};
