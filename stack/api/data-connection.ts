import { PostgresConnection } from "@supabase/lite/postgres";
import type { ConnectionContextOptions, IntrospectResult, VarsContext } from "@supabase/lite";
import { describeDatabaseError } from "./describe-database-error.ts";
import { type ParsedQuery, repairQuery } from "./repair-query.ts";

type Database = PostgresConnection["kysely"];

/** Settings such as `statement_timeout` that a role brings along, by role. */
export type RoleSettings = Readonly<Record<string, Readonly<Record<string, string>>>>;

// lite hands some JSON values over as text; a text that is a value itself comes as an object, see repairQuery.
const serializeJson = (value: unknown) => typeof value === "string" ? value : JSON.stringify(value);
/** As PostgREST writes times: `2026-01-02T03:04:05.678+00:00` for `2026-01-02 03:04:05.678+00`. */
const toIsoTime = (text: string) => text.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00");
const keepText = (text: string) => text;
// A value that is no text gets to the database as one, whose refusal is the caller's answer.
const toText = (value: unknown) => typeof value === "string" ? value : JSON.stringify(value);

/** How values travel where the driver's own way differs from PostgREST's. */
const WIRE_TYPES = {
  bool: { to: 16, from: [16], serialize: String, parse: (text: string) => text === "t" },
  uuid: { to: 2950, from: [2950], serialize: toText, parse: keepText },
  time: { to: 1083, from: [1083], serialize: toText, parse: keepText },
  date: { to: 1082, from: [1082], serialize: toText, parse: keepText },
  timestamp: { to: 1114, from: [1114], serialize: toText, parse: toIsoTime },
  timestamptz: { to: 1184, from: [1184], serialize: toText, parse: toIsoTime },
  numeric: { to: 1700, from: [1700], serialize: String, parse: Number },
  json: { to: 114, from: [114], serialize: serializeJson, parse: JSON.parse },
  jsonb: { to: 3802, from: [3802], serialize: serializeJson, parse: JSON.parse },
};

/** What lite knows of a request. */
interface RequestVars {
  readonly auth?: { readonly role?: string; readonly uid?: string; readonly jwt?: object };
  readonly storage?: { readonly operation?: string };
}

interface DataConnectionOptions {
  /** Logs in as `authenticator`. */
  readonly url: string;
  /** Sees the whole catalog; `authenticator` itself may look into nothing. */
  readonly catalog: PostgresConnection;
  readonly roleSettings: RoleSettings;
  /** Those the Data API shows. */
  readonly schemas: readonly string[];
}

/** The Data API's connection: always a transaction under the caller's role, with that role's settings. */
export class DataConnection extends PostgresConnection {
  readonly #catalog: PostgresConnection;
  readonly #roleSettings: RoleSettings;
  readonly #schemas: readonly string[];
  #reading: Promise<IntrospectResult> | null = null;

  constructor(options: DataConnectionOptions) {
    super({ url: options.url, postgresOptions: { max: 20, onnotice: () => {}, types: WIRE_TYPES } });
    this.#catalog = options.catalog;
    this.#roleSettings = options.roleSettings;
    this.#schemas = options.schemas;
    // Otherwise the first query would `grant all` on every schema with row level security to the API roles.
    Object.assign(this, { rlsState: "active" });
  }

  /** Answers from memory until `forgetSchema`; many requests at once read the catalog once. */
  override introspect(): Promise<IntrospectResult> {
    this.#reading ??= this.#catalog.introspect({ useCache: false }).then((all) => this.#keepShown(all));
    return this.#reading;
  }

  /** lite goes through all columns and functions several times in each request. */
  #keepShown(all: IntrospectResult): IntrospectResult {
    const isShown = ({ schema }: { schema: string }) => this.#schemas.includes(schema);
    return { ...all, columns: all.columns.filter(isShown), functions: all.functions?.filter(isShown) };
  }

  forgetSchema(): void {
    this.#reading = null;
  }

  override async onPostgrestAST(query: ParsedQuery): Promise<ParsedQuery> {
    return repairQuery(await super.onPostgrestAST(query), await this.introspect());
  }

  /**
   * A refused request changes nothing, also where the refusal is known only after the write. What PostgREST sets for a
   * request is set in one statement, as there; lite takes one for each setting, which is most of a short request.
   */
  override async withContext<T>(
    vars: VarsContext | undefined,
    run: (db: Database) => Promise<T>,
    options: ConnectionContextOptions = {},
  ): Promise<T> {
    const settings = Object.entries(this.#settingsOf(vars, options));
    const work = async (db: Database) => {
      await db.selectNoFrom((sql) =>
        settings.map(([name, value], index) =>
          sql.fn("set_config", [sql.val(name), sql.val(value), sql.val(true)]).as(`setting_${index}`)
        )
      ).execute();
      const answer = await run(db);
      const isRefused = answer instanceof Response && answer.status >= 400;
      if (isRefused || options.forceRollback) throw new Undone(answer);
      return answer;
    };
    if (options.transaction) return await work(options.transaction);
    try {
      return await this.kysely.transaction().execute(work);
    } catch (error) {
      if (error instanceof Undone) return error.answer as T;
      throw error;
    }
  }

  #settingsOf(vars: VarsContext | undefined, { rpc }: ConnectionContextOptions): Record<string, string> {
    const { auth, storage } = (vars ?? {}) as RequestVars;
    const role = auth?.role ?? "anon";
    return {
      role,
      "request.jwt.claim.sub": auth?.uid ?? "",
      "request.jwt.claim.role": role,
      ...(auth?.jwt && { "request.jwt.claims": JSON.stringify(auth.jwt) }),
      "storage.operation": storage?.operation ?? "",
      ...(rpc && {
        "response.status": "",
        "response.headers": "",
        "request.method": rpc.method,
        "request.path": rpc.path,
        "request.headers": JSON.stringify(rpc.requestHeaders ?? {}),
        ...(rpc.readOnly && { transaction_read_only: "on" }),
      }),
      ...this.#roleSettings[role],
    };
  }

  override normalizeDbError(error: unknown): unknown {
    return describeDatabaseError(super.normalizeDbError(error));
  }
}

/** Carries an answer out of the transaction it ends. */
class Undone extends Error {
  constructor(readonly answer: unknown) {
    super("The request changes nothing.");
  }
}
