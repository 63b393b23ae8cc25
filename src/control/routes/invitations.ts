import { z } from "zod";
import { text } from "../../config/schema/fields.ts";
import { keyFields } from "../../config/schema/key.ts";
import { Problem } from "../../domain/problem.ts";
import type { ControlContext } from "../context.ts";
import type { Invitation } from "../invitations.ts";
import { outerOrigins } from "../origins.ts";
import { type Route, route } from "../route.ts";
import { refuseTakenName } from "./keys.ts";

const invitation = z
  .object({
    name: z.string().meta({ description: "Of the key to be." }),
    by: z.string().meta({ description: "Name of the key that invited." }),
    expiresAt: z.number().meta({ description: "Seconds since the epoch." }),
  })
  .meta({ id: "Invitation" });

const longestMinutes = 7 * 24 * 60;
const usualMinutes = 60;

const wanted = z.strictObject({
  ...keyFields,
  minutes: z
    .int()
    .min(1)
    .max(longestMinutes)
    .prefault(usualMinutes)
    .meta({ description: "How long the link can be used." }),
});

export const invitationRoutes = (context: ControlContext): Route[] => {
  const { invitations } = context;
  return [
    route({
      method: "GET",
      path: "/invitations",
      id: "listInvitations",
      summary: "Invitations that nobody has used yet",
      answers: { 200: { description: "Without their links.", schema: z.object({ invitations: z.array(invitation) }) } },
      run: () => ({ invitations: invitations.list().map(shown) }),
    }),
    route({
      method: "POST",
      path: "/invitations",
      id: "invite",
      summary: "Make a link by which somebody gets a key of his own: once, and soon",
      description: "The key is made when the link is used. A restart of Hearth ends all invitations.",
      body: wanted,
      answers: {
        201: {
          description:
            "The invitation, and the path of its link below this server's address: shown here and never again.",
          schema: z.object({
            invitation,
            path: z.string(),
            origins: z.array(z.string()).meta({ description: "By which other devices reach this server; often none." }),
          }),
        },
      },
      run({ body: { minutes, ...settings }, request }) {
        refuseTakenName(context, settings.name);
        const made = { settings, by: request.key?.name ?? "", expiresAt: Date.now() / 1000 + minutes * 60 };
        const code = invitations.add(made);
        const origins = outerOrigins(request.server.addresses());
        return { invitation: shown(made), path: `/invite/${code}`, origins };
      },
    }),
    route({
      method: "DELETE",
      path: "/invitations/{name}",
      id: "withdrawInvitation",
      summary: "End an invitation: its link no longer works",
      params: z.strictObject({ name: text() }),
      answers: { 200: { description: "It is gone.", schema: z.object({ name: z.string() }) } },
      run({ params: { name } }) {
        if (invitations.withdraw(name)) return { name };
        throw new Problem("invalid_request", `${JSON.stringify(name)} is not invited.`, { param: "name" });
      },
    }),
  ];
};

function shown({ settings: { name }, by, expiresAt }: Invitation): z.output<typeof invitation> {
  return { name, by, expiresAt };
}
