import { loadHome } from "../../config/load-home.ts";
import { readAdminKey } from "../../control/admin-key.ts";
import { type CliCommand, CliError } from "../command.ts";
import { paint } from "../io.ts";

export const command: CliCommand = {
  name: "key",
  summary: "show the admin key of this installation",
  examples: [
    ["hearth key", "for the console, or for a first client"],
    ['curl -H "authorization: Bearer $(hearth key)" http://127.0.0.1:8009/v1/models', "in a script of this machine"],
  ],
  async run({ io }) {
    const home = loadHome(io);
    const secret = readAdminKey(home);
    if (secret === null) {
      throw new CliError(`There is no admin key in ${home} yet: the first \`hearth serve\` makes it.`);
    }
    io.out.write(`${secret}\n`);
    const hint =
      "It may do everything: send it as `Authorization: Bearer KEY`, or give it to the console. For people and apps make\n" +
      `others: hearth keys create NAME. For another one remove ${home}/admin-key and start Hearth again.\n`;
    io.err.write(paint(io, "dim", hint, "err"));
    return 0;
  },
};
