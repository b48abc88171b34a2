/** A request that only somebody who writes bytes by hand can send. */
export interface RawCase {
  readonly title: string;
  /** `{head}` stands for host, key and token of a signed-in user. */
  readonly request: string;
  /** Besides 4xx, a connection that is closed without an answer is right. */
  readonly mayClose?: boolean;
  /** A reading under which the request is fine. */
  readonly mayBeTaken?: boolean;
}

const POST = "POST /functions/v1/onedrive/folders HTTP/1.1\r\n{head}content-type: application/json\r\n";
const GET = "GET /functions/v1/videos HTTP/1.1\r\n";

export const RAW_CASES: readonly RawCase[] = [
  { title: "two Authorization headers", request: `${GET}{head}authorization: Bearer x\r\n\r\n` },
  {
    title: "an Authorization header of 100 KB",
    request: `${GET}{head}x-long: ${"x".repeat(100_000)}\r\n\r\n`,
    mayClose: true,
  },
  { title: "1,000 headers", request: `${GET}{head}${"x-many: 1\r\n".repeat(1_000)}\r\n`, mayClose: true },
  { title: "bytes that are no header", request: `${GET}{head}\u0000\u0001: x\r\n\r\n`, mayClose: true },
  { title: "a path that climbs", request: "GET /functions/v1/../../etc/passwd HTTP/1.1\r\n{head}\r\n" },
  {
    title: "a path that climbs from a route",
    request: "GET /functions/v1/videos/../../../secrets.json HTTP/1.1\r\n{head}\r\n",
  },
  { title: "a path with a zero byte", request: "GET /functions/v1/videos/%00 HTTP/1.1\r\n{head}\r\n" },
  {
    title: "a path with half an escape",
    request: "GET /functions/v1/videos/%E0%A4%A HTTP/1.1\r\n{head}\r\n",
  },
  {
    title: "a path of 100 KB",
    request: `GET /functions/v1/videos/${"x".repeat(100_000)} HTTP/1.1\r\n{head}\r\n`,
    mayClose: true,
  },
  {
    title: "an address of another host",
    request: "GET http://example.com/functions/v1/videos/x HTTP/1.1\r\n{head}\r\n",
  },
  { title: "no request at all", request: "hello\r\n\r\n", mayClose: true },
  { title: "another protocol", request: "GET / HTTP/9.9\r\n\r\n", mayClose: true },
  {
    title: "a body in parts beyond the limit",
    request: `${POST}transfer-encoding: chunked\r\n\r\n${"10000\r\n" + "x".repeat(65_536) + "\r\n"}${
      "10000\r\n" + "x".repeat(65_536) + "\r\n0\r\n\r\n"
    }`,
    mayClose: true,
  },
  {
    title: "parts whose length is no number",
    request: `${POST}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    mayClose: true,
  },
  {
    title: "a length and parts",
    request: `${POST}content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    mayClose: true,
  },
  {
    title: "two lengths",
    request: `${POST}content-length: 2\r\ncontent-length: 3\r\n\r\n{}`,
    mayClose: true,
  },
  { title: "a negative length", request: `${POST}content-length: -1\r\n\r\n{}`, mayClose: true },
  {
    title: "more bytes than its length",
    request: `${POST}content-length: 2\r\n\r\n{}{}{}{}`,
    mayClose: true,
  },
];
