/** What happens, over one event stream for all pages: the state as it changes, and events as they come. */
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { controlPrefix, type Schemas, type State } from "./client.ts";

export type HearthEvent = Schemas["Event"];

interface Live {
  /** Null until the first one has come. */
  state: State | null;
  /** The newest first. */
  events: HearthEvent[];
  connected: boolean;
  /** The server's clock less this one, in seconds. */
  clockAhead: number;
}

const LiveContext = createContext<Live>({ state: null, events: [], connected: false, clockAhead: 0 });

const eventTypes = ["start", "ready", "stop", "stopped", "failed", "switch", "drain", "adopt", "why"] as const;
const mostEvents = 200;

/** `watched`: only administrators may. */
export function LiveProvider({ children, watched }: { children: ReactNode; watched: boolean }) {
  const [live, setLive] = useState<Live>({ state: null, events: [], connected: false, clockAhead: 0 });
  const queries = useQueryClient();
  useEffect(() => {
    if (!watched) return;
    const source = new EventSource(`${controlPrefix}/events`);
    source.addEventListener("open", () => setLive((now) => ({ ...now, connected: true })));
    source.addEventListener("error", () => {
      setLive((now) => ({ ...now, connected: false }));
      // A session that has ended is the one thing that trying again does not mend.
      if (source.readyState === EventSource.CLOSED) void queries.invalidateQueries({ queryKey: ["session"] });
    });
    source.addEventListener("state", ({ data }) => {
      const state = JSON.parse(data) as State;
      setLive((now) => ({ ...now, state, connected: true, clockAhead: state.at - Date.now() / 1000 }));
    });
    for (const type of eventTypes) {
      source.addEventListener(type, ({ data }) => {
        const event = JSON.parse(data) as HearthEvent;
        setLive((now) => ({ ...now, events: [event, ...now.events].slice(0, mostEvents) }));
      });
    }
    return () => source.close();
  }, [queries, watched]);
  return <LiveContext value={live}>{children}</LiveContext>;
}

export function useLive(): Live {
  return useContext(LiveContext);
}

/** The server's time in seconds, once a second while the page is looked at. */
export function useServerTime(): number {
  const { clockAhead } = useLive();
  const ahead = useRef(clockAhead);
  ahead.current = clockAhead;
  const [now, setNow] = useState(() => Date.now() / 1000);
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === "visible" && setNow(Date.now() / 1000), 1000);
    return () => clearInterval(timer);
  }, []);
  return now + ahead.current;
}
