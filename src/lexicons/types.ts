// What does the API show and take of lexicons?
import { Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { MutationInput, MutationPayload } from "../activities/types.js";
import { connectionType } from "../platform/connections.js";
import { Node } from "../platform/nodes.js";
import type { LexiconKind } from "./lexiconPack.js";

export const LexiconKindEnum: Record<LexiconKind, LexiconKind> = {
  IDENTITY_NOUN: "IDENTITY_NOUN",
  DESCRIPTOR: "DESCRIPTOR",
  PERSON_NOUN: "PERSON_NOUN",
  GENDERED_NOUN: "GENDERED_NOUN",
  PHRASE: "PHRASE",
  WORD: "WORD",
};
registerEnumType(LexiconKindEnum, {
  name: "LexiconKind",
  description: "How an entry of a lexicon counts.",
  valuesConfig: {
    IDENTITY_NOUN: { description: "Names people of a group: counts alone." },
    DESCRIPTOR: { description: "Describes people: counts only with a person noun within 3 words, in the sentence." },
    PERSON_NOUN: { description: "Names a person of no group: what descriptors stand beside." },
    GENDERED_NOUN: { description: "Names a person with a gender: counts alone, and descriptors stand beside it." },
    PHRASE: { description: "A turn of style, such as a refusal or a hedge." },
    WORD: { description: "A word of a plain list." },
  },
});

@ObjectType({ description: "How many entries of a kind a lexicon has." })
export class LexiconKindCount {
  @Field(() => LexiconKindEnum, { description: "The kind." })
  kind!: LexiconKind;
  @Field(() => Int, { description: "Its entries." })
  count!: number;
}

@ObjectType({ description: "A term of a lexicon." })
export class LexiconEntryType {
  @Field(() => String, { description: "What is looked for, in whole words and without case." })
  term!: string;
  @Field(() => LexiconKindEnum, { description: "How it counts." })
  kind!: LexiconKind;
  @Field(() => String, { description: "What it says something about, such as age; empty for nothing." })
  axis!: string;
  @Field(() => String, { description: "Its value there, such as old; empty for none." })
  group!: string;
}
export const LexiconEntryConnection = connectionType("LexiconEntry", LexiconEntryType);

@ObjectType({
  implements: Node,
  description: "A version of a list of terms to look for in texts, with its licence and checksum. Immutable.",
})
export class LexiconVersion extends Node {
  datasetId!: number;
  lexiconVersion!: number;
  creditKey!: string;
  packKey!: string;
  activityNumber!: number;
  supersededByNumber!: number | null;
  kinds!: Partial<Record<LexiconKind, number>>;
  @Field(() => String, { description: "What scripts call it." })
  key!: string;
  @Field(() => Int, { description: "1, 2, 3 …; key@2 names version 2." })
  version!: number;
  @Field(() => String, { description: "What it is called." })
  title!: string;
  @Field(() => String, { description: "The language of its terms, BCP 47." })
  language!: string;
  @Field(() => String, { description: "SPDX expression or LicenseRef-…." })
  licence!: string;
  @Field(() => String, { description: "SHA-256 of the pack as canonical JSON (RFC 8785), hex." })
  checksum!: string;
  @Field(() => Int, { description: "How many terms it has." })
  entryCount!: number;
}
export const LexiconVersionConnection = connectionType("LexiconVersion", LexiconVersion);

@InputType({ description: "A term to load." })
export class LexiconEntryInput {
  @Field(() => String, { description: "What to look for: up to 200 characters, with a word in them." })
  term!: string;
  @Field(() => LexiconKindEnum, { description: "How it counts." })
  kind!: LexiconKind;
  @Field(() => String, {
    defaultValue: "",
    description: "What it says something about. IDENTITY_NOUN, DESCRIPTOR and GENDERED_NOUN need one, and a group.",
  })
  axis!: string;
  @Field(() => String, { defaultValue: "", description: "Its value on the axis." })
  group!: string;
}

@InputType({ description: "A lexicon to load." })
export class LoadLexiconInput extends MutationInput {
  @Field(() => String, { description: "The dataset's slug." })
  dataset!: string;
  @Field(() => String, { description: "What scripts call it; other content under a known key is its next version." })
  key!: string;
  @Field(() => String, { description: "What it is called." })
  title!: string;
  @Field(() => String, { description: "The language of its terms, BCP 47; und where there are several." })
  language!: string;
  @Field(() => String, { description: "SPDX expression or LicenseRef-…." })
  licence!: string;
  @Field(() => String, { description: "Who made it, as they are to be named." })
  attribution!: string;
  @Field(() => String, { nullable: true, description: "Where it is from." })
  url?: string | null;
  @Field(() => String, { nullable: true, description: "What whoever changes or passes on the list has to do." })
  shareAlike?: string | null;
  @Field(() => [LexiconEntryInput], {
    description: "1 to 20,000. A term stands once with a kind, axis and group; it may have several of these.",
  })
  entries!: LexiconEntryInput[];
}

@ObjectType({ implements: MutationPayload, description: "What was loaded." })
export class LoadLexiconPayload extends MutationPayload {
  @Field(() => Int, { description: "Entries of the version that was made; 0 where none was." })
  acceptedCount!: number;
  @Field(() => Int, { description: "Entries of the version in force where it had this content already; else 0." })
  unchangedCount!: number;
  @Field(() => LexiconVersion, { nullable: true, description: "The version with this content; null where refused." })
  lexiconVersion!: LexiconVersion | null;
}
