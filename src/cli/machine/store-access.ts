/** How an object store is reached: what the AWS tools' variables say, so that one environment serves both. */
import { UsageError } from '../../model/errors.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { toText } from '../../model/byte-string.ts';
import type { StoreAccess } from '../../fleet/fleet.ts';

/** Throws UsageError for an endpoint that is no URL. @param httpfs the file of DuckDB's extension. */
export function readStoreAccess(
  environment: Readonly<Record<string, string | undefined>>,
  httpfs: ByteString | undefined,
): StoreAccess {
  const said = (...names: readonly string[]): string | undefined =>
    names.map((name) => environment[name]).find((value) => value !== undefined && value !== '');
  const id = said('AWS_ACCESS_KEY_ID');
  const secret = said('AWS_SECRET_ACCESS_KEY');
  const endpoint = said('AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL');
  if (endpoint !== undefined && !(URL.canParse(endpoint) && /^https?:$/u.test(new URL(endpoint).protocol)))
    throw new UsageError(`AWS_ENDPOINT_URL is ${endpoint}: not a URL; write https://s3.example.org`);
  return {
    key:
      id === undefined || secret === undefined ? undefined : { id, secret, token: said('AWS_SESSION_TOKEN') },
    region: said('AWS_REGION', 'AWS_DEFAULT_REGION') ?? 'us-east-1',
    endpoint: endpoint === undefined ? undefined : new URL(endpoint),
    httpfs: httpfs === undefined ? undefined : toText(httpfs),
  };
}
