/** The models that one can talk to: of the live state for administrators, of the list for everybody else. */
import { useQuery } from "@tanstack/react-query";
import { errorOf, type Model } from "./client.ts";
import { useLive } from "./live.tsx";
import { useSession } from "./session.ts";

export type Talker = Pick<Model, "id" | "state">;

interface Listed {
  data: { id: string; state: Model["state"]; capabilities: string[]; status: string }[];
}

/** Null until they are known. */
export function useTalkers(): Talker[] | null {
  const { data: session } = useSession();
  const { state } = useLive();
  const admin = session?.role === "admin";
  const listed = useQuery({
    queryKey: ["models"],
    enabled: !admin,
    refetchInterval: 10_000,
    queryFn: async () => {
      const answer = await fetch("/v1/models", { credentials: "same-origin" });
      if (!answer.ok) throw await errorOf(answer);
      return ((await answer.json()) as Listed).data;
    },
  });
  const all = admin ? state?.models : listed.data;
  return (
    all?.filter(({ capabilities, status }) => capabilities.some((one) => one === "chat") && status !== "disabled") ??
    null
  );
}
