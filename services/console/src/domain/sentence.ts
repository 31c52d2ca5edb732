/**
 * What a sentence tells. Money stands under a name that ends in `Minor`, beside `currency`; moments are ISO times under a name that ends in
 * `At` or `By`. `context` chooses among the sentences of a code, `count` between one and many.
 */
export type Facts = Readonly<Record<string, string | number | readonly string[]>>;
