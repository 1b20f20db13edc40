// Fitted by `npm run bench -- fit` on the questions and utterances of `bench/explainers` and of pages that are not kept, and on
// `bench/everyday.txt`: a byte for each of the encoder's numbers, in base64, what a byte is worth, and a bias.

export interface PriorWeights {
  readonly weights: string;
  readonly scale: number;
  readonly bias: number;
}

export const IN_VAIN: PriorWeights = {
  weights:
    "Ew2+8PcgBNRNNh8PQxfNAfYly/Dn7hAcAAvFFOoQ9PbhxdwnDgEPGAI39BUfBcgyZRAA9Q7bzBH0CgkPIwIq+cnpytfGyOwAAUDh6CXn5iT087sDBRPoEewo5gwSP/n/zDgCERsH7uT48CjpC8LhHPwu5BcUwOof+evk5Q3YBRYcHyYHCe0g9P7o9tcTKf8H9hbO5wYUIAJGA/vaCxMA/Oje1Oz17Qp0IA8L36n3LQ/ePg7j37/dAfkb/+fb/frnw/j4ogPfBP1H3uoQIf3M5fcJ/FMRPRQF68HeywDz70MN+rkLAGL32g79GvHN++EODgQtNQkZFRz1+RDu+/ECFf/a4QL0AfAiJh8KIeXiFhMRqyD95PS6yeX4EugL/wbu3w/t+7/gwQgIFiTeI0H+5wkJ1+oaFcgTC9kCMwUKtCIBM/MZIBsTJB4G3A/7CuYDEDjzOCfq8yr36AwM7ekB3BD06gwLtvEQ3dse7gz/I0P/3eQLQPEb/wYlBOgr5BwSLAsBE+Ds8Qr7HN3wrfc9sq1/EtLUCjH5ANciGvsBLSr8EfPY6OcI1vUN/fYuAQ0YCsYQBhT54+b/1dvv9u0xD0D76TXK2N3W2gH0CfHY+/Q8++dcHRTUAP/y7wH/++4JCPnx/BvwMAnqCAHg/e/WCvUNB/wZGR8h6x7ssCwMDtQ=",
  scale: 0.0118284,
  bias: -0.246,
};

export const EVERYDAY: PriorWeights = {
  weights:
    "8uXR2yvuMv8FIykS2uLbBQgjBN757kHN5OjnBcsPtfb8+M0eFsEm2CDs/gIkJ+4+7APmFPbh1ij69C3r8dorJsnJtBgGAvXa4QfZDv/vvvTtSfQmJP3kDwND/w/KCg3p6CAU2Q8d5NL1+iYXB9n39gIC/AYSIv5O/Cf4APQS+Q/w5zTo5CEW+hwbyA8WIwPp5hHm++Y3C8bHDsbfNAD6wurO6wTZA/fd+/WvyOEFFezKFvUdLvMtTDEH5Pr3CyfM7ycynQDxExb84BMv/fTuRPcz4x0i7Tnf4tg52O7k5gtK6gHw7UQHzxAlJP/sE9AH9CDx+hgHERAaG+725An7GwG+4fMHQAAJIwr4+BoDAvMi/fgHD/cHC/r07Os1CfXW4ivJMh0dfwsD/T7y8x4O3w36IfgXI/L+0y7zFSAS0PHz2UZ97Bg/Fgv74P3iCxEFHQn46BIQBDfuCPwFMuX1C/T8+v3eyuUZ9A8W3scH5tT67eD1CNf+x/0I+uUd1QsD89sTAdzu1REUHRcICfEN4bFLB+nwIAb7KgAh8eoTChz3/OkxCeMh5hTu8C/l8eHl0u0QJNflCx/rFQQC9B4k7Qwe9uv1/PfPOi2z8Qrg9/rz/PYd9gUUV+Dn4yAHPPES2eb2CO4uAhD42wsC7uz28gcs+gIEDyTyDBv18P0LLeI=",
  scale: 0.0249239,
  bias: 0.135,
};
