// Fitted by `npm run bench -- fit` on the questions and utterances of `bench/explainers`: a byte for each of the encoder's numbers, in
// base64, what a byte is worth, and a bias.

export const IN_VAIN: { readonly weights: string; readonly scale: number; readonly bias: number } = {
  weights:
    "Cx/NHN8l9slSLRjxPCrQ8vYozvbv5xUfCxO/H+gG9wroxNkaDPb7GwxN8xohA+E2Wxz7/AzazATxCxQUDfkh99PiwdLGx939BDbo6Sbv9Rzx77H/ChrvEPAb2BAKOAP+wlX2DRsJ59727DDh+8PUKwBF5x0cu+4g/vbe8RHaBCEmIyoDCeYY8gLp/ckgKfgN+BPQ4Q0PG/s5AAfOFxUAB+Li3fz96h5/LREP16/7LA/XHRbc5rTpA/kYCerYDv30svv+rBTn//Q/2u8VH/He5gPw+U0ROggF5L7iuxD6/EkN/q0JC1Ps7Rf4FvvQ4d4eJAwpNQ0aER758gfr6O8IDATa1Pzo8ewjDTMHJ9zzDgkcsB8O7Pmy2OkACPgKBQXu6Q/V+KXTyAMICyHtIy/74P0P0gMhFtkVAs8QLQ8Ityj+Ne0YNioMGCcC7P0GBeb9Cx35OR3w7CD73wEU7+cP6wHp6/32wPYR6tgn5igFGkn+3PAmTOsiEgUnFOol6wgANhD3BvTu6w3uDO3xpvEwtbd/AeLJAyf39+QdGv37NC/xDfrn9+b73esU+fYsCQYT/swJ+iED2vIXztvs/+Y6FUX78ybMzdDP5RDfAefZB+80+/JTGhja/ysJ7Af0AugHFO3q/x/dNALlDP7YCO/HB/0NBgAKESof9AvZuzgWDck=",
  scale: 0.012741,
  bias: -0.539,
};
