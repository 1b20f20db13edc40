// Fitted by `npm run bench -- fit` on the questions and utterances of `bench/explainers` and of pages that are not kept, and on
// `bench/everyday.txt`: a byte for each of the encoder's numbers, in base64, what a byte is worth, and a bias.

export interface PriorWeights {
  readonly weights: string;
  readonly scale: number;
  readonly bias: number;
}

export const IN_VAIN: PriorWeights = {
  weights:
    "EQ3A8vojAtNMOh8OQRjL/PQnyu/p7hEXBgrGFu0Q9/Llwt4qDgAIGP019BQfBss0aA8G9Q7byxHyCQoPIgIt9Mzly9fDxO0A/Tvd6Cnm5Cj08rsEBRTpF+0l5w4UPvb8yzr+FRcJ6+D48SvpB8PiGPgs4hQVxO4b++zh6A/XBRQeICIIC+wh9P3n9tgPKv8J8xjO5QEQIABFBP/aDRUB/eje0/H46QxyIxEL4Kr0Lw/fOw7e3sLb/v0f/+fb/frmv/T4oQbfCfxK2+oNIvrT4/QM/U0RPxEI68HjyQD17UUQ+7wM/1/73RL5F/LP+uINDAMqMAoYFCDz/A7u//ADFQTa4QH1A/YiJCAKIuXjFBITqx/94fO7y+b3EucLAwfu3g/t/LzjwggIECLeHj7+5wcJ1uoYFMwXCtsBNQUQtCECNvATIRoQIx0G2RD+DOQDDDf2OiXo8yv+6w0L8OoA3RDz6QwJtfMR3doX7wz+J0UC3OMIRe8bAQghBeYr4BkPKAsCFd/u7wv6Hd3wqfg8r6l/FNPVCzL4AtUlHf0BLSf9EfLX5OYJ1/IK//Uv/Q4aBcQQBA/64Ob81drx/e8uC0L56TTJ1tzW1gLyB/DX/fQ6++hcHRLX/QH28QEC/e4FCPvy+x/wMQzqCwXfAuzXC/sNB/wcFiMg5h7qqy8KCtY=",
  scale: 0.0117622,
  bias: -0.246,
};

export const EVERYDAY: PriorWeights = {
  weights:
    "8ubT2yzsMQAGICsS3N/aBQogAeH47z7O5OflBs0Ot/P++84hFsUk1hzs/QIhJ/I56AHkGPbe1yj69Cvt890sI8fNsxcEAvPc3gfaD/3uwPPvR/UoIvzfEQFIAw/LDg3o6h8U1hAa5NT4/CcWB9rz+AEC/gkSH/9P/i31APER+gzw6jbo4iIT+hwbyRAVIgTo5RPl/OU1CsfJD8XdMgP7xerQ6gDW//bg+vOxx+EGE+7LF/UbL/QtTTQI5/v1BSrM8yYxo//3ExL54BMr+vXwQ/Qy4Rok7zfb5Ng52fDk5AhI6gDw70IF1BEnI/vsE9AH8yPz/RUCDg4aG+/35wj8HgC/4/AGQP8JIQv29hsFAfUfAPoEDvYHC/z08vAyCPXW4ynMLxkffwwF/UHz8B4O3w/3IfsXI/b/1S7vFh4Q0e/02Ud77Rc9Fgn54PzkCBEEHwj45hQQAjPsCv4EMubzCvT5+PncyuUZ9A8P3csH5dL67eH2B9n/w/8J+uQZ0w4E89gUAtnu2QwTHBUHA/QR3rRJDOnwIQj8Kfwg8uoUDBv1/Oo0CuMh4hPt9Szn8eDo1OwOJdjnESHrFf8D9SAm8Asc9+vy+/fQOCux8wjh9v31/PYb+AcQVt7o5CAIPPEN2+n1B+0uAhH42wgC8ev39gcs/AMCDibyDRrx8/sJLt8=",
  scale: 0.0252479,
  bias: 0.128,
};
