import type { Case } from "../support/case.ts";
import type { RouteCases } from "./function-cases.ts";

const ROUTES: readonly [method: string, path: string][] = [
  ["POST", "signup"],
  ["POST", "token?grant_type=password"],
  ["POST", "token?grant_type=refresh_token"],
  ["POST", "token?grant_type=no_such_grant"],
  ["POST", "recover"],
  ["POST", "verify"],
  ["PUT", "user"],
];
const BODIES: readonly [string, string | Uint8Array][] = [
  ["one brace", "{"],
  ["a list", "[]"],
  ["a number", "5"],
  ["wrong types", '{"email":5,"password":{},"refresh_token":[],"type":5,"token":{},"token_hash":1}'],
  ["a mail address that is none", '{"email":"x","password":"correct-horse","type":"signup","token":"1"}'],
  [
    "a zero character",
    '{"email":"a\\u0000@example.com","password":"a\\u0000aaaaaaaaaa","refresh_token":"a\\u0000"}',
  ],
  [
    "a password of 20,000 characters",
    JSON.stringify({ email: "x@x", password: "x".repeat(20_000), refresh_token: "x".repeat(20_000) }),
  ],
  ["invalid UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ["30,000 open brackets", "[".repeat(30_000)],
];

/** Bad requests to the routes of the Auth API that the product uses. */
export function listAuthCases(): RouteCases[] {
  return ROUTES.map(([method, route]) => ({
    title: `${method} auth ${route}`,
    cases: BODIES.map(([title, body]): Case => ({
      ...{ method, path: `/auth/v1/${route}`, body, headers: { "content-type": "application/json" } },
      title: `${method} ${route}: the body is ${title}`,
      // Fields that a route does not know are left alone.
      mayBeTaken: route === "user" || route === "recover",
    })),
  }));
}
