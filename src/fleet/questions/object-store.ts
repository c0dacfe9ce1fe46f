/** Records in an object store that speaks S3: where they lie, who asks for them, and what an engine that reads them must do. */
import { UsageError } from '../../model/errors.ts';

/** How a store is reached, as the variables of the AWS tools say it. */
export interface StoreAccess {
  /** Undefined: the engine asks as nobody, or as what its own settings say. */
  readonly key:
    | { readonly id: string; readonly secret: string; readonly token: string | undefined }
    | undefined;
  readonly region: string;
  /** A server of one's own; undefined for Amazon's. */
  readonly endpoint: URL | undefined;
  /** DuckDB's extension for it, where it is not in DuckDB's own folder. */
  readonly httpfs: string | undefined;
}

export interface StoredObject {
  /** s3://BUCKET/KEY */
  readonly path: string;
  readonly sizeBytes: number;
}

/** What an engine reads of a store. All throw UsageError where the store refuses or does not answer. */
export interface ObjectStore {
  /** Every .parquet file below an address. */
  readonly list: (address: string) => Promise<readonly StoredObject[]>;
  /** The first 20 hexadecimal digits of SHA-256 of each. */
  readonly sums: (paths: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

/** No record has other characters in its path; engines read some of the rest as patterns, or as the end of a URL. */
const KEY = /^s3:\/\/[\w.-]+\/[\w.=/@:~-]+$/u;
const ADDRESS = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](?:\/[\w.=/@:~*-]*)?$/u;

export function isStored(path: string): boolean {
  return path.startsWith('s3://');
}

export function isPlainKey(path: string): boolean {
  return KEY.test(path);
}

/** The pattern for all below an address, which may have `*` in it. Throws UsageError for what is no address. */
export function patternBelow(address: string): string {
  if (!ADDRESS.test(address))
    throw new UsageError(`${address}: write s3://BUCKET/FOLDER, of letters, digits and . _ - = @ : ~ and *`);
  const folder = address.replace(/\/+$/u, '');
  return folder.endsWith('.parquet') ? folder : `${folder}/**/*.parquet`;
}

/** Where a bucket's objects are by HTTP; without its key the bucket. */
export function urlOf({ endpoint, region }: StoreAccess, path: string): string {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.*)$/u.exec(path)!;
  if (endpoint) return `${endpoint.href.replace(/\/+$/u, '')}/${bucket}/${key}`;
  // A certificate holds for one label before s3.
  const host = `s3.${region}.amazonaws.com`;
  return bucket.includes('.') ? `https://${host}/${bucket}/${key}` : `https://${bucket}.${host}/${key}`;
}

/** An engine's words without what is secret; each line break ends them. */
export function withoutSecrets(text: string, { key }: StoreAccess): string {
  const secrets = [key?.secret, key?.token].filter((one) => one !== undefined && one !== '');
  return secrets.reduce<string>((rest, secret) => rest.replaceAll(secret!, '…'), text);
}
