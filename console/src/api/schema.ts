// Made by `npm run generate` from src/control; edit that.
export interface paths {
    "/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything at one moment: models, memory, the queue, and why */
        get: operations["getState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens, as it happens
         * @description Server-sent events. Begins with an event `state` that carries the whole State; another one follows whenever it has changed. In between come Events, named by their `type`. Comment lines keep the connection alive.
         */
        get: operations["watchEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Load a model, as a request for it would
         * @description It may have to wait for its turn. With `wait=1` the answer comes when it is ready, after 30 minutes at most.
         */
        post: operations["startModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a model once its running answers are done
         * @description Answers at once. Requests that wait for it start it again.
         */
        post: operations["stopModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{id}/touch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Count a model as used now
         * @description Its idle time begins anew; nothing is started.
         */
        post: operations["touchModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{id}/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Forget a model's failures
         * @description Ends its back-off or quarantine, so that the next request tries to start it.
         */
        post: operations["clearModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{id}/pin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Never stop a model for another
         * @description Until it is unpinned or Hearth restarts.
         */
        post: operations["pinModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{id}/unpin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Let a model make room again
         * @description The opposite of pin.
         */
        post: operations["unpinModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/catalog": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The catalog's models that suit a wish, best first, with what each costs and what keeps it from this machine
         * @description The order of `hearth models choose`: what can run here, then evidence on the very image, speed, age and quality.
         */
        get: operations["chooseModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{id}/logs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a model's engine said, also after it has ended */
        get: operations["readLogs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Keys that were made here, and those of hearth.yaml */
        get: operations["listKeys"];
        put?: never;
        /** Make a key */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change what a key may do; its secret stays
         * @description What is left out becomes its default again.
         */
        put: operations["changeKey"];
        post?: never;
        /** End a key: its next request is refused */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/keys/{name}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Give a key a new secret: the old one is refused from then on */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Invitations that nobody has used yet */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Make a link by which somebody gets a key of his own: once, and soon
         * @description The key is made when the link is used. A restart of Hearth ends all invitations.
         */
        post: operations["invite"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/invitations/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End an invitation: its link no longer works */
        delete: operations["withdrawInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests that wait or are answered now, the oldest first: whose they are and what they wait for */
        get: operations["listOpenRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests that are over, the newest first: who asked what, how long it took and how it ended; never content */
        get: operations["listRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/requests.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All of them as a table for spreadsheets, the newest first */
        get: operations["exportRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/requests": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests of your own key that are over, the newest first */
        get: operations["listOwnRequests"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests, tokens, seconds of the machine, energy and money, by key, model, day or hour */
        get: operations["getUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The same as a table for spreadsheets */
        get: operations["exportUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What your own key has used */
        get: operations["getOwnUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Your own key: what waits and why, how full its limits are, and what it used today */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What administrators did, the newest first: who, what and when */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/weights": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Weights: what is on the disk and what is missing, who uses it and since when nobody has; and all jobs
         * @description A few seconds old at most. How far the jobs are is in the state and its events too.
         */
        get: operations["listWeights"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{id}/pull": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a model's weights ahead of time
         * @description They wait for those that were asked for before. What is there already is not fetched again, and an ended download goes on where it was. The outcome is told with `wait=1`, else by `GET /weights`.
         */
        post: operations["pullWeights"];
        /**
         * End a model's pull or check, or forget that it failed
         * @description What came is kept for the next time.
         */
        delete: operations["cancelPull"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Read a model's weights and check every byte
         * @description In line with the pulls. What is damaged is removed, and fetched by the next pull or question.
         */
        post: operations["verifyWeights"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/weights/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take weights off the disk
         * @description Refused while a model that reads them runs or is pinned. They come back with the next question.
         */
        delete: operations["removeWeights"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Everything at one moment. */
        State: {
            at: number;
            /** @description When the scheduler's loop last completed. */
            heartbeatAt: number;
            /** @description The scheduler's last sentence about itself. */
            why: string;
            models: components["schemas"]["Model"][];
            nodes: components["schemas"]["Node"][];
            /** @description Of all nodes together. */
            memory: {
                totalGiB: number;
                availableGiB: number;
                budgetGiB: number;
                committedGiB: number;
                floorGiB: number;
            };
            queueDepth: number;
            /** @description What is done about weights, the first one now. */
            weightsJobs: components["schemas"]["WeightsJob"][];
        };
        /** @description One model. Times are seconds since the epoch. */
        Model: {
            id: string;
            aliases: string[];
            summary: string;
            /** @description Tokens of prompt and answer together. */
            context: number;
            concurrency: number;
            capabilities: ("chat" | "completions" | "embeddings" | "rerank" | "tools" | "vision" | "audio" | "reasoning" | "json")[];
            /** @description Corrections that its requests and answers need. */
            fixups: ("strip-tools" | "relax-tool-choice" | "flatten-text" | "fill-empty" | "calm-tools" | "lead-system" | "alternate-roles" | "force-tool-choice" | "thinking-switch" | "thinking-off" | "decode-arguments" | "calls-from-text")[];
            /** @description What its requests are given, and its variants by name. */
            parameters: {
                defaults: {
                    [key: string]: unknown;
                };
                set: {
                    [key: string]: unknown;
                };
                strip: string[];
                variants: {
                    [key: string]: {
                        [key: string]: unknown;
                    };
                };
            };
            /** @enum {string} */
            lifecycle: "normal" | "utility" | "exclusive";
            /** @enum {string} */
            status: "recommended" | "validated" | "experimental" | "disabled" | "manual";
            statusReason: string | null;
            memoryGiB: number;
            /** @description What its engines were seen to take on this machine, at most. */
            memoryUse: {
                startPeakGiB: number;
                restGiB: number;
            } | null;
            /** @description Of the weights: SPDX id where there is one. */
            license: string | null;
            make: {
                family: string;
                /** @description Billions. */
                parameters: number | null;
                /** @description Format of the weights. */
                quantization: string | null;
            } | null;
            /** @enum {string} */
            state: "absent" | "starting" | "ready" | "draining" | "stopping" | "failed";
            /** @description Finer than `state`, for people: `downloading weights`, `probing`, ... */
            phase: string;
            percent: number | null;
            /** @description Since when it is in this state. */
            since: number;
            readyAt: number | null;
            running: number;
            waiting: number;
            pinned: boolean;
            /** @description Where its engine stands; empty where there is none. */
            nodes: string[];
            lastUsedAt: number | null;
            /** @description When it stops by itself if nobody uses it. */
            stopsAt: number | null;
            /** @description 0 when ready; else an estimate, if it were asked for now. */
            secondsToReady: number;
            /** @description The last failure, and until when it is not tried again. */
            failure: {
                code: string;
                reason: string;
                at: number;
                until: number | null;
            } | null;
            process: {
                pid: number | null;
                origin: string;
                generation: number;
                rssGiB: number | null;
            } | null;
        };
        /** @description A machine on which engines stand. */
        Node: {
            id: string;
            /**
             * @description `lost`: out of reach, so what stands there is not known.
             * @enum {string}
             */
            state: "up" | "lost";
            memory: {
                totalGiB: number;
                availableGiB: number;
                budgetGiB: number;
                committedGiB: number;
                floorGiB: number;
            };
            gpu: {
                /**
                 * @description `none`: no GPU here. `shared`: it has the host's memory, as a DGX Spark's. `own`: `memory` is its own.
                 * @enum {string}
                 */
                memory: "none" | "shared" | "own";
                name: string | null;
            };
        };
        WeightsJob: {
            model: string;
            /** @enum {string} */
            act: "fetch" | "verify";
            /** @enum {string} */
            state: "waiting" | "running" | "failed";
            /** @description The file or repository that it is at. */
            what: string | null;
            doneBytes: number;
            /** @description Of `what`; null while that is not known. */
            totalBytes: number | null;
            /** @description Bytes per second at most. */
            limit: number | null;
            /** @description Why it failed, and what to do; null otherwise. */
            failure: string | null;
            /** @description Seconds since the epoch. */
            at: number;
        };
        /** @description Something that happened. */
        Event: {
            at: number;
            /** @enum {string} */
            type: "start" | "ready" | "stop" | "stopped" | "failed" | "switch" | "drain" | "adopt" | "why" | "progress" | "pulled" | "pull-failed";
            model?: string;
            /** @description For `ready`, `failed` and `stopped`: which start of the engine it is about. */
            generation?: number;
            /** @description For `ready`: what the load took. */
            seconds?: number;
            reason?: string;
            message: string;
        };
        Error: {
            error: {
                /** @description What was wrong, where, and what to do next. */
                message: string;
                type: string;
                /** @enum {string} */
                code: "invalid_json" | "invalid_request" | "model_required" | "context_length_exceeded" | "invalid_api_key" | "admin_key_required" | "role_not_allowed" | "capability_not_allowed" | "origin_not_allowed" | "model_not_found" | "previous_response_not_found" | "response_not_found" | "conversation_not_found" | "route_not_found" | "method_not_allowed" | "request_timeout" | "request_too_large" | "unsupported_media_type" | "expectation_failed" | "request_ends_engine" | "rate_limit_exceeded" | "quota_exceeded" | "outside_hours" | "queue_full" | "misdirected_request" | "headers_too_large" | "internal_error" | "not_supported" | "engine_failed" | "model_loading" | "model_unavailable" | "insufficient_memory" | "weights_in_use" | "disk_budget_exceeded" | "server_busy" | "store_unavailable" | "shutting_down" | "engine_stalled";
                /** @description The field at fault. */
                param: string | null;
            };
        };
        Key: {
            name: string;
            models: string[];
            /** @enum {string} */
            priority: "interactive" | "batch";
            /** @enum {string} */
            role: "admin" | "user" | "metrics";
            /** @description Absent: for everything. */
            capabilities?: ("chat" | "completions" | "embeddings" | "rerank" | "tools" | "vision" | "audio" | "reasoning" | "json")[];
            /** @description Absent: as much as it likes. */
            limits?: {
                /** @description Requests within any minute. */
                requestsPerMinute?: number;
                /** @description Tokens of prompts and answers within a minute. */
                tokensPerMinute?: number;
                /** @description The same within a day, by this machine's clock. */
                tokensPerDay?: number;
                /** @description The same within a month of the calendar. */
                tokensPerMonth?: number;
                /** @description Requests at once, those that wait too. */
                concurrent?: number;
            };
            /** @description Absent: always. */
            hours?: string;
            /** @description Absent: never. */
            expires?: string;
            /** @enum {string} */
            showWaiting?: "comment" | "thinking";
            note?: string;
            /** @description When its last request ended. Seconds since the epoch. */
            lastUsedAt: number | null;
            /** @description Seconds since the epoch. */
            createdAt: number;
            /** @description Name of the key that made it. */
            createdBy: string | null;
            /** @description How its secret begins, to recognise it by. */
            prefix: string | null;
        };
        ConfiguredKey: {
            name: string;
            models: string[];
            /** @enum {string} */
            priority: "interactive" | "batch";
            /** @enum {string} */
            role: "admin" | "user" | "metrics";
            /** @description Absent: for everything. */
            capabilities?: ("chat" | "completions" | "embeddings" | "rerank" | "tools" | "vision" | "audio" | "reasoning" | "json")[];
            /** @description Absent: as much as it likes. */
            limits?: {
                /** @description Requests within any minute. */
                requestsPerMinute?: number;
                /** @description Tokens of prompts and answers within a minute. */
                tokensPerMinute?: number;
                /** @description The same within a day, by this machine's clock. */
                tokensPerDay?: number;
                /** @description The same within a month of the calendar. */
                tokensPerMonth?: number;
                /** @description Requests at once, those that wait too. */
                concurrent?: number;
            };
            /** @description Absent: always. */
            hours?: string;
            /** @description Absent: never. */
            expires?: string;
            /** @enum {string} */
            showWaiting?: "comment" | "thinking";
            note?: string;
            /** @description When its last request ended. Seconds since the epoch. */
            lastUsedAt: number | null;
        };
        Invitation: {
            /** @description Of the key to be. */
            name: string;
            /** @description Name of the key that invited. */
            by: string;
            /** @description Seconds since the epoch. */
            expiresAt: number;
        };
        OpenRequest: {
            /** @description The answer's `x-request-id`. */
            id: string;
            key: string;
            model: string;
            /** @description When it came. Seconds since the epoch. */
            since: number;
            /** @enum {string} */
            state: "waiting" | "answering";
            /** @description In the queue; 0 where it waits for no other. */
            place: number;
            /** @description For people: what it waits for. */
            phase: string;
            percent: number | null;
            secondsLeft: number | null;
        };
        RequestRecord: {
            /** @description The answer's `x-request-id`. */
            id: string;
            /** @description When it came. Seconds since the epoch. */
            at: number;
            /** @description Name of the key; null where it was refused for want of one. */
            key: string | null;
            /** @description The API that the client spoke. */
            api: string;
            route: string;
            /** @description As the client named it, cut to 200 characters. */
            modelAsked: string | null;
            /** @description The id of the model that it came to. */
            modelServed: string | null;
            /** @description What the client got; 499: it went away. */
            status: number;
            /** @description The code of why it failed, also after its answer had begun. */
            problem: string | null;
            streaming: boolean;
            /** @description From its acceptance to its engine; null where it got none. */
            waitMs: number | null;
            /** @description Of that wait, what its model took to load. */
            loadMs: number | null;
            /** @description From its acceptance to the engine's first byte. */
            firstByteMs: number | null;
            /** @description From its first byte here to its end. */
            totalMs: number;
            /** @description Its share of the time in which engines worked. */
            machineMs: number;
            tokens: components["schemas"]["TokenCounts"];
            /** @description Of the answer, once it had begun. */
            tokensPerSecond: number | null;
            requestBytes: number;
            answerBytes: number;
            /** @description It started its model, or had another one stopped for it as well. */
            caused: ("load" | "switch") | null;
            /** @description What was corrected, in the request or the answer. */
            fixups: string[];
        };
        /** @description Null where no engine answered, or its answer has none. */
        TokenCounts: {
            in: number;
            out: number;
            /** @description Of `in`, those from the engine's cache. */
            cached: number;
            /** @description Of `out`, thoughts. */
            reasoning: number;
            /** @description Nobody has counted them: from the bytes that passed. */
            estimated: boolean;
        } | null;
        UsageRow: {
            /** @description `2026-11-25`, in the machine's time zone. */
            day?: string;
            /** @description When it begins. Seconds since the epoch. */
            hour?: number;
            key?: string;
            /** @description Empty of requests that came to none. */
            model?: string;
            requests: number;
            /** @description Of the requests, those that ended with an error. */
            failed: number;
            /** @description Of the requests, those whose client went away. */
            cancelled: number;
            /** @description Of the requests, those whose tokens nobody has counted. */
            estimated: number;
            tokensIn: number;
            tokensOut: number;
            /** @description Of `tokensIn`, those from an engine's cache. */
            tokensCached: number;
            /** @description Of `tokensOut`, thoughts. */
            tokensReasoning: number;
            /** @description Seconds of the machine: at each moment shared among the requests that engines work for. */
            machineSeconds: number;
            /** @description All waits together. */
            waitSeconds: number;
            /** @description Of the waits, what models took to load. */
            loadSeconds: number;
            /** @description Loads that these requests caused. */
            loads: number;
            /** @description Of the loads, those for which another model had to go. */
            switches: number;
            /** @description Null while `usage.watts` is not set. */
            kilowattHours: number | null;
            /** @description Null while `usage.price` is not set. */
            money: number | null;
            /** @description Until an engine was its own. Not of hours. */
            waitMs?: components["schemas"]["Percentiles"];
            /** @description Until the engine's first byte. Not of hours. */
            firstByteMs?: components["schemas"]["Percentiles"];
            /** @description Of answers once they had begun. Not of hours. */
            tokensPerSecond?: components["schemas"]["Percentiles"];
        };
        /** @description Right to a tenth; null where there was none. */
        Percentiles: {
            p50: number | null;
            p95: number | null;
        };
        Me: {
            name: string;
            /** @enum {string} */
            role: "admin" | "user" | "metrics";
            models: string[];
            limits: {
                /** @description Requests within any minute. */
                requestsPerMinute?: number;
                /** @description Tokens of prompts and answers within a minute. */
                tokensPerMinute?: number;
                /** @description The same within a day, by this machine's clock. */
                tokensPerDay?: number;
                /** @description The same within a month of the calendar. */
                tokensPerMonth?: number;
                /** @description Requests at once, those that wait too. */
                concurrent?: number;
            };
            /** @description How full the limits are; null where there is no such limit. */
            gauges: {
                requestsPerMinute: components["schemas"]["Gauge"] | null;
                tokensPerMinute: components["schemas"]["Gauge"] | null;
                tokensPerDay: components["schemas"]["Gauge"] | null;
                tokensPerMonth: components["schemas"]["Gauge"] | null;
                concurrent: components["schemas"]["Gauge"] | null;
            };
            hours: string | null;
            expires: string | null;
            /** @description Its requests that wait or are answered now. */
            requests: components["schemas"]["OpenRequest"][];
            today: {
                requests: number;
                tokensIn: number;
                tokensOut: number;
                machineSeconds: number;
            };
        };
        Gauge: {
            limit: number;
            used: number;
            /** @description Until all of it is free again, if nothing more is used. */
            resetSeconds: number;
        };
        AuditEntry: {
            /** @description Seconds since the epoch. */
            at: number;
            /** @description Name of the key. */
            by: string;
            /** @description Where it came from; null of a command while no server ran. */
            address: string | null;
            /** @description The name of the operation, as in this document. */
            act: string;
            /** @description The key, model or file that it was done to. */
            target: string | null;
            /** @description What was asked for. No secret. */
            details: {
                [key: string]: unknown;
            };
            /** @description Its `x-request-id`. */
            request: string | null;
        };
        Weights: {
            /** @description A file below HEARTH_HOME/weights, or a repository of the hub. */
            name: string;
            /** @enum {string} */
            kind: "file" | "repository";
            /** @description Folder or volume. */
            place: string;
            /** @description What it takes on the disk; 0 where nothing is there yet. */
            bytes: number;
            /** @description What it takes when it is whole; null = not known. */
            wantedBytes: number | null;
            whole: boolean;
            changedAt: number | null;
            /** @description What fetching it again would take; null = not known. */
            fetchSeconds: number | null;
            /** @description Ids of the models that read it. */
            models: string[];
            /** @description Last request for one of its models; null = none on record. */
            lastUsedAt: number | null;
            /** @description Why it cannot be removed now; null = it can. */
            needed: string | null;
            /** @description No model reads it, or none that does was used for 30 days: safe to remove. */
            unused: boolean;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["State"];
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    watchEvents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An endless stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    startModel: {
        parameters: {
            query?: {
                /** @description Answer when it is ready. */
                wait?: "0" | "1" | "true" | "false";
            };
            header?: never;
            path: {
                /** @description Id or alias of the model; a `/` in it is written `%2F`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is ready. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                        ready: boolean;
                    };
                };
            };
            /** @description It is on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                        ready: boolean;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    stopModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or alias of the model; a `/` in it is written `%2F`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is noted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    touchModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or alias of the model; a `/` in it is written `%2F`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is noted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    clearModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or alias of the model; a `/` in it is written `%2F`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is noted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    pinModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or alias of the model; a `/` in it is written `%2F`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is noted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    unpinModel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or alias of the model; a `/` in it is written `%2F`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is noted. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    chooseModels: {
        parameters: {
            query?: {
                /** @description What for. Absent: chat, code and tools. */
                for?: "agents" | "audio" | "chat" | "coding" | "embeddings" | "helper" | "long-context" | "math" | "ocr" | "reasoning" | "reranking" | "translation" | "trying-out" | "unrestricted" | "vision" | "writing";
                /** @description What it must be able to do, with commas: `vision,tools`. */
                needs?: string;
                /** @description Tokens of prompt and answer, at least. */
                context?: string;
                /** @description What the model may take. */
                memoryGiB?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The models. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        models: {
                            id: string;
                            summary: string;
                            /** @enum {string} */
                            status: "recommended" | "validated" | "experimental" | "disabled" | "manual";
                            statusReason: string | null;
                            /** @description Purposes, the best first. */
                            readonly goodFor: string[];
                            readonly capabilities: ("chat" | "completions" | "embeddings" | "rerank" | "tools" | "vision" | "audio" | "reasoning" | "json")[];
                            /** @description Tokens of prompt and answer that a client is best told. */
                            context: number;
                            memoryGiB: number;
                            /** @description What it takes for a while when it starts, if more. */
                            startPeakGiB: number | null;
                            /** @description Its start leaves so little that the machine may hang: everything else is to be saved first. */
                            mayHangMachine: boolean;
                            /** @description It wants the machine to itself. */
                            exclusive: boolean;
                            /** @description Clients that it does not go with, and the model to use there. */
                            readonly notWith: {
                                client: string;
                                use: string;
                            }[];
                            /** @description Why the machine cannot run it, as a part of a sentence; null where it can. */
                            hindrance: string | null;
                            costs: {
                                /** @description Gigabytes (10^9 bytes) of weights. */
                                downloadGB: number | null;
                                /**
                                 * @description What the first start needs beside the weights.
                                 * @enum {string}
                                 */
                                image: "none" | "pulled" | "built";
                                /** @description Minutes to build its image, once. */
                                buildMinutes: {
                                    from: number;
                                    to: number;
                                } | null;
                                /** @description Registry that wants a login first. */
                                login: string | null;
                                /** @description From start to ready, once everything is there. */
                                secondsToFirstWord: number;
                                /** @description Of one answer; null where nobody has published it. */
                                tokensPerSecond: {
                                    from: number;
                                    to: number;
                                    /** @description Who has measured it, where and when; or how it was guessed. */
                                    source: string;
                                    guessed: boolean;
                                } | null;
                            };
                            /** @description A request for it is taken here. */
                            served: boolean;
                            /** @description What its engines were seen to take on this machine, at most; used in place of `memoryGiB`. */
                            memoryUse: {
                                startPeakGiB: number;
                                restGiB: number;
                            } | null;
                        }[];
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    readLogs: {
        parameters: {
            query?: {
                /** @description How many of the last lines. */
                lines?: string;
                /** @description Go on with every new line until the client goes away. */
                follow?: "0" | "1" | "true" | "false";
            };
            header?: never;
            path: {
                /** @description Id or alias of the model; a `/` in it is written `%2F`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines of text. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys, without their secrets. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: components["schemas"]["Key"][];
                        /** @description Those of hearth.yaml, which alone changes them. */
                        configured: components["schemas"]["ConfiguredKey"][];
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Who uses it: shown in lists, logs and metrics. */
                    name: string;
                    /**
                     * @description Ids, aliases or patterns with `*` that it may use.
                     * @default [
                     *       "*"
                     *     ]
                     */
                    models?: string[];
                    /**
                     * @description `batch` requests come after all others and keep no model running.
                     * @default interactive
                     * @enum {string}
                     */
                    priority?: "interactive" | "batch";
                    /**
                     * @description `user`: may use models. `admin`: the control API and the console too. `metrics`: may read `/metrics` and nothing else.
                     * @default user
                     * @enum {string}
                     */
                    role?: "admin" | "user" | "metrics";
                    /** @description What it may use models for. Default: for everything. */
                    capabilities?: ("chat" | "completions" | "embeddings" | "rerank" | "tools" | "vision" | "audio" | "reasoning" | "json")[];
                    /** @description How much it may use. Default: as much as it likes. */
                    limits?: {
                        /** @description Requests within any minute. */
                        requestsPerMinute?: number;
                        /** @description Tokens of prompts and answers within a minute. */
                        tokensPerMinute?: number;
                        /** @description The same within a day, by this machine's clock. */
                        tokensPerDay?: number;
                        /** @description The same within a month of the calendar. */
                        tokensPerMonth?: number;
                        /** @description Requests at once, those that wait too. */
                        concurrent?: number;
                    };
                    /** @description When it may be used: `Mon-Fri 7:30-18:00, Sat 9:00-12:00`. Default: always. */
                    hours?: string;
                    /** @description Its last day, or the moment of its end. Default: never. */
                    expires?: string;
                    /**
                     * @description How its streamed chats tell of a wait. Default: `policy.showWaiting`.
                     * @enum {string}
                     */
                    showWaiting?: "comment" | "thinking";
                    /** @description For you. */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description The key, and its secret: shown here and never again. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: components["schemas"]["Key"];
                        secret: string;
                        /** @description The first one here: with it the well-known key has ended. */
                        first: boolean;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    changeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /**
                     * @description Ids, aliases or patterns with `*` that it may use.
                     * @default [
                     *       "*"
                     *     ]
                     */
                    models?: string[];
                    /**
                     * @description `batch` requests come after all others and keep no model running.
                     * @default interactive
                     * @enum {string}
                     */
                    priority?: "interactive" | "batch";
                    /**
                     * @description `user`: may use models. `admin`: the control API and the console too. `metrics`: may read `/metrics` and nothing else.
                     * @default user
                     * @enum {string}
                     */
                    role?: "admin" | "user" | "metrics";
                    /** @description What it may use models for. Default: for everything. */
                    capabilities?: ("chat" | "completions" | "embeddings" | "rerank" | "tools" | "vision" | "audio" | "reasoning" | "json")[];
                    /** @description How much it may use. Default: as much as it likes. */
                    limits?: {
                        /** @description Requests within any minute. */
                        requestsPerMinute?: number;
                        /** @description Tokens of prompts and answers within a minute. */
                        tokensPerMinute?: number;
                        /** @description The same within a day, by this machine's clock. */
                        tokensPerDay?: number;
                        /** @description The same within a month of the calendar. */
                        tokensPerMonth?: number;
                        /** @description Requests at once, those that wait too. */
                        concurrent?: number;
                    };
                    /** @description When it may be used: `Mon-Fri 7:30-18:00, Sat 9:00-12:00`. Default: always. */
                    hours?: string;
                    /** @description Its last day, or the moment of its end. Default: never. */
                    expires?: string;
                    /**
                     * @description How its streamed chats tell of a wait. Default: `policy.showWaiting`.
                     * @enum {string}
                     */
                    showWaiting?: "comment" | "thinking";
                    /** @description For you. */
                    note?: string;
                };
            };
        };
        responses: {
            /** @description The key as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key, and its new secret: shown here and never again. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        key: components["schemas"]["Key"];
                        secret: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Without their links. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        invitations: components["schemas"]["Invitation"][];
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    invite: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Who uses it: shown in lists, logs and metrics. */
                    name: string;
                    /**
                     * @description Ids, aliases or patterns with `*` that it may use.
                     * @default [
                     *       "*"
                     *     ]
                     */
                    models?: string[];
                    /**
                     * @description `batch` requests come after all others and keep no model running.
                     * @default interactive
                     * @enum {string}
                     */
                    priority?: "interactive" | "batch";
                    /**
                     * @description `user`: may use models. `admin`: the control API and the console too. `metrics`: may read `/metrics` and nothing else.
                     * @default user
                     * @enum {string}
                     */
                    role?: "admin" | "user" | "metrics";
                    /** @description What it may use models for. Default: for everything. */
                    capabilities?: ("chat" | "completions" | "embeddings" | "rerank" | "tools" | "vision" | "audio" | "reasoning" | "json")[];
                    /** @description How much it may use. Default: as much as it likes. */
                    limits?: {
                        /** @description Requests within any minute. */
                        requestsPerMinute?: number;
                        /** @description Tokens of prompts and answers within a minute. */
                        tokensPerMinute?: number;
                        /** @description The same within a day, by this machine's clock. */
                        tokensPerDay?: number;
                        /** @description The same within a month of the calendar. */
                        tokensPerMonth?: number;
                        /** @description Requests at once, those that wait too. */
                        concurrent?: number;
                    };
                    /** @description When it may be used: `Mon-Fri 7:30-18:00, Sat 9:00-12:00`. Default: always. */
                    hours?: string;
                    /** @description Its last day, or the moment of its end. Default: never. */
                    expires?: string;
                    /**
                     * @description How its streamed chats tell of a wait. Default: `policy.showWaiting`.
                     * @enum {string}
                     */
                    showWaiting?: "comment" | "thinking";
                    /** @description For you. */
                    note?: string;
                    /**
                     * @description How long the link can be used.
                     * @default 60
                     */
                    minutes?: number;
                };
            };
        };
        responses: {
            /** @description The invitation, and the path of its link below this server's address: shown here and never again. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        invitation: components["schemas"]["Invitation"];
                        path: string;
                        /** @description By which other devices reach this server; often none. */
                        origins: string[];
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    withdrawInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        name: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listOpenRequests: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The requests. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        requests: components["schemas"]["OpenRequest"][];
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRequests: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: string;
                /** @description The ones after those: the `next` of the answer before. */
                before?: string;
                /** @description Of the key of this name only. */
                key?: string;
                /** @description Of this model only, asked for or served. */
                model?: string;
                /** @description That came then or later: seconds since the epoch. */
                from?: string;
                /** @description That came before: seconds since the epoch. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The records. `usage.keep` says how long they are kept, the newest million of them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        requests: components["schemas"]["RequestRecord"][];
                        /** @description For `before`: where the next ones begin. Null: there are no more. */
                        next: number | null;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    exportRequests: {
        parameters: {
            query?: {
                /** @description Of the key of this name only. */
                key?: string;
                /** @description Of this model only, asked for or served. */
                model?: string;
                /** @description That came then or later: seconds since the epoch. */
                from?: string;
                /** @description That came before: seconds since the epoch. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A line a request, with names of the columns first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listOwnRequests: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: string;
                /** @description The ones after those: the `next` of the answer before. */
                before?: string;
                /** @description Of this model only, asked for or served. */
                model?: string;
                /** @description That came then or later: seconds since the epoch. */
                from?: string;
                /** @description That came before: seconds since the epoch. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The records. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        requests: components["schemas"]["RequestRecord"][];
                        /** @description For `before`: where the next ones begin. Null: there are no more. */
                        next: number | null;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getUsage: {
        parameters: {
            query?: {
                /** @description The first day, in the machine's time zone. Default: 30 days in all. */
                from?: string;
                /** @description The last day. Default: today. */
                to?: string;
                /** @description What is told apart: any of day, hour, key, model, with commas. */
                by?: string;
                /** @description Of this model alone. */
                model?: string;
                /** @description Of the key of this name alone. */
                key?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums; they are never lost when records go. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The first day. */
                        from: string;
                        /** @description The last day. */
                        to: string;
                        by: ("day" | "hour" | "key" | "model")[];
                        currency: string;
                        rows: components["schemas"]["UsageRow"][];
                        total: components["schemas"]["UsageRow"];
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    exportUsage: {
        parameters: {
            query?: {
                /** @description The first day, in the machine's time zone. Default: 30 days in all. */
                from?: string;
                /** @description The last day. Default: today. */
                to?: string;
                /** @description What is told apart: any of day, hour, key, model, with commas. */
                by?: string;
                /** @description Of this model alone. */
                model?: string;
                /** @description Of the key of this name alone. */
                key?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A line a row, with names of the columns first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getOwnUsage: {
        parameters: {
            query?: {
                /** @description The first day, in the machine's time zone. Default: 30 days in all. */
                from?: string;
                /** @description The last day. Default: today. */
                to?: string;
                /** @description What is told apart: any of day, hour, key, model, with commas. */
                by?: string;
                /** @description Of this model alone. */
                model?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sums. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The first day. */
                        from: string;
                        /** @description The last day. */
                        to: string;
                        by: ("day" | "hour" | "key" | "model")[];
                        currency: string;
                        rows: components["schemas"]["UsageRow"][];
                        total: components["schemas"]["UsageRow"];
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key of this request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description At most so many. */
                limit?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entries. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: components["schemas"]["AuditEntry"][];
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listWeights: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The weights, and what is done about them. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        weights: components["schemas"]["Weights"][];
                        /** @description The first one now, then those that wait, then what failed. */
                        jobs: components["schemas"]["WeightsJob"][];
                        takenBytes: number;
                        /** @description `weights.budget`; null = none. */
                        budgetBytes: number | null;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    pullWeights: {
        parameters: {
            query?: {
                /** @description Answer when it is done. */
                wait?: "0" | "1" | "true" | "false";
                /** @description Bytes per second at most. 0: `weights.limit`. */
                limit?: string;
            };
            header?: never;
            path: {
                /** @description Id or alias of the model; a `/` in it is written `%2F`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are there. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                    };
                };
            };
            /** @description They are on their way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancelPull: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id or alias of the model; a `/` in it is written `%2F`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nothing of it goes on. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    verifyWeights: {
        parameters: {
            query?: {
                /** @description Answer when it is done. */
                wait?: "0" | "1" | "true" | "false";
            };
            header?: never;
            path: {
                /** @description Id or alias of the model; a `/` in it is written `%2F`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are whole. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                    };
                };
            };
            /** @description It is on its way. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description The model's id. */
                        model: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    removeWeights: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description As `GET /weights` names it; a `/` in it as `%2F`. */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are gone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description As `GET /weights` names it; a `/` in it as `%2F`. */
                        name: string;
                    };
                };
            };
            /** @description An error; see docs/errors.md for the codes. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
