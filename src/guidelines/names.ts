// How are criteria, guidelines and clauses named?

/** A key: no @ and no #, since key@version names a version and key@version#number a clause. */
export const PLAIN_KEY = /^[A-Za-z0-9][A-Za-z0-9._:/+-]{0,127}$/;
export const PLAIN_KEY_RULE = "use 1 to 128 of A–Z, a–z, 0–9 and . _ : / + -, beginning with a letter or digit";

/** A guideline's version as people say it ("1.0"), and a clause's number ("2.1"). */
export const VERSION = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,31}$/;
export const VERSION_RULE = "use 1 to 32 of A–Z, a–z, 0–9 and . _ + -, beginning with a letter or digit";
