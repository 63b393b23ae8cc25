/** The machine for those who run it, the own key for everybody else. */
import { useSession } from "../../api/session.ts";
import { MePage } from "../me/me.tsx";
import { NowPage } from "./now.tsx";

export function FirstPage() {
  const { data: session } = useSession();
  return session?.role === "admin" ? <NowPage /> : <MePage />;
}
