import { parseFileSize } from "./names.ts";

/** What the Storage process needs to run. Read once from the environment, then passed on. */
export interface StorageConfig {
  readonly port: number;
  /** Login as `supabase_storage_admin`, which may take on anon, authenticated and service_role. */
  readonly databaseUrl: string;
  /** Bytes live below this directory; nothing else may write in it. */
  readonly dataDir: string;
  readonly jwtSecret: string;
  readonly publishableKey: string;
  readonly secretKey: string;
  /** Address clients use, without a trailing slash. Upload URLs are built from it. */
  readonly publicApiUrl: string;
  /** Largest object of any bucket, in bytes. */
  readonly fileSizeLimit: number;
}

/** The hosted limit of paid projects is a setting of up to 500 GB; this is enough for any video here. */
const DEFAULT_FILE_SIZE_LIMIT = "50GB";

/**
 * Reads STORAGE_PORT, STORAGE_DB_URL, STORAGE_DATA_DIR, JWT_SECRET, PUBLISHABLE_KEY, SECRET_KEY, PUBLIC_API_URL
 * and, optional, STORAGE_FILE_SIZE_LIMIT (bytes, or a size such as 50MB).
 * @throws Error naming every variable that is missing
 */
export function readStorageConfig(env: Readonly<Record<string, string | undefined>>): StorageConfig {
  const missing: string[] = [];
  const read = (name: string): string => {
    const value = env[name];
    if (!value) missing.push(name);
    return value ?? "";
  };
  const config = {
    port: Number(read("STORAGE_PORT")),
    databaseUrl: read("STORAGE_DB_URL"),
    dataDir: read("STORAGE_DATA_DIR"),
    jwtSecret: read("JWT_SECRET"),
    publishableKey: read("PUBLISHABLE_KEY"),
    secretKey: read("SECRET_KEY"),
    publicApiUrl: read("PUBLIC_API_URL").replace(/\/+$/, ""),
    fileSizeLimit: parseFileSize(env.STORAGE_FILE_SIZE_LIMIT || DEFAULT_FILE_SIZE_LIMIT),
  };
  if (missing.length > 0) throw new Error(`The Storage server needs ${missing.join(", ")}.`);
  return config;
}
