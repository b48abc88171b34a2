/** The verified person behind a request. `token` is their own access token, for row level security. */
export interface Caller {
  id: string;
  token: string;
}

/** What middleware leaves for handlers. `note` adds fields to the request's log line. */
export interface AppEnv {
  Variables: {
    requestId: string;
    caller: Caller;
    note: (fields: Record<string, unknown>) => void;
  };
}
