/** Every fixup with its words and its example, for the docs. */
import { capMaxTokens, dropMaxTokens } from "./answer-limit.ts";
import { callsFromText } from "./answers/calls-from-text.ts";
import { decodeArguments } from "./answers/decode-arguments.ts";
import { mendCalls } from "./answers/mend-calls.ts";
import { thoughtsTwice } from "./answers/thoughts-twice.ts";
import { generalFixups } from "./every-model/general-fixups.ts";
import { requestFixups } from "./request-fixups.ts";

export interface DocumentedFixup {
  name: string;
  about: string;
  example: { before: object; after: object };
}

export const fixupCatalogue: {
  forEveryModel: DocumentedFixup[];
  ofRequests: DocumentedFixup[];
  ofAnswers: DocumentedFixup[];
} = {
  forEveryModel: [...generalFixups, dropMaxTokens, capMaxTokens, mendCalls, thoughtsTwice],
  ofRequests: [...requestFixups],
  ofAnswers: [decodeArguments, callsFromText],
};
