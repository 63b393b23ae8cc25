import { expect, test } from "vitest";
import { type Addresses, originOf, reachFrom } from "./reach.ts";

function addresses(changes: Partial<Addresses["NetworkSettings"]>, NetworkMode = "default"): Addresses {
  return { HostConfig: { NetworkMode }, NetworkSettings: changes };
}

const loopback = { kind: "loopback" } as const;
const network = { kind: "network", name: "engines" } as const;

test("the environment names the network of a waker that is a container", () => {
  expect(reachFrom("engines")).toEqual(network);
  expect(reachFrom(undefined)).toEqual(loopback);
  expect(reachFrom("")).toEqual(loopback);
});

test.each([
  ["127.0.0.1", "49153", "http://127.0.0.1:49153"],
  ["0.0.0.0", "8001", "http://127.0.0.1:8001"],
  ["192.168.1.2", "8001", "http://192.168.1.2:8001"],
])("published on %s:%s", (HostIp, HostPort, origin) => {
  const published = {
    "8000/tcp": [
      { HostIp: "::", HostPort: "1" },
      { HostIp, HostPort },
    ],
  };
  expect(originOf(addresses({ Ports: published }), 8000, loopback)).toBe(origin);
  expect(originOf(addresses({ Ports: published }), 9000, loopback)).toBeNull();
});

test("on a network the address there counts", () => {
  const there = addresses({ Networks: { engines: { IPAddress: "172.20.0.3" } } });
  expect(originOf(there, 8000, network)).toBe("http://172.20.0.3:8000");
  expect(originOf(addresses({ Networks: { other: { IPAddress: "172.21.0.3" } } }), 8000, network)).toBeNull();
  expect(originOf(addresses({ Networks: { engines: { IPAddress: "" } } }), 8000, network)).toBeNull();
});

test("on the host's network it is on the host's loopback, which a waker in a container cannot reach", () => {
  expect(originOf(addresses({}, "host"), 8000, loopback)).toBe("http://127.0.0.1:8000");
  expect(originOf(addresses({}, "host"), 8000, network)).toBeNull();
});
