/**
 * A very small HTTP server: `/metrics` and `/healthz`, nothing else. It answers from what is known and never begins a
 * scan, so that a scrape costs nothing; readers that are slow, or many, are cut off.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errnoMessage } from '../../model/errno-message.ts';
import { UsageError } from '../../model/errors.ts';
import { errorCode } from '../../system/calls/errno.ts';
import type { Dialect, Exposition } from './exposition.ts';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** What is served. */
interface Pages {
  readonly metrics: (dialect: Dialect) => Promise<Exposition>;
  /** What is wrong; undefined where nothing is. */
  readonly trouble: () => string | undefined;
}

export interface MetricsServer extends AsyncDisposable {
  /** Where it listens: a port that was 0 is a real one here. */
  readonly address: ListenAddress;
}

/** The answer is ready when it is asked for; who takes longer to ask and to read hears no more. */
const MOST_MS = 5000;
const MOST_CONNECTIONS = 32;
const MOST_HEADER_BYTES = 8192;

/** Resolves when it listens; throws UsageError where the address is taken, or not this machine's. */
export async function serveMetrics({ host, port }: ListenAddress, pages: Pages): Promise<MetricsServer> {
  const server = createServer(
    {
      headersTimeout: MOST_MS,
      requestTimeout: MOST_MS,
      maxHeaderSize: MOST_HEADER_BYTES,
      connectionsCheckingInterval: 1000,
    },
    (request, response) => void answer(request, response, pages),
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.on('connection', (socket) => {
    // Of the whole connection, not of its silence: one byte a second is no scrape.
    const end = setTimeout(() => socket.destroy(), MOST_MS);
    socket.once('close', () => clearTimeout(end));
  });
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new UsageError(`--listen ${host}:${port}: ${errnoMessage(code)}`);
  }
  const { port: real } = server.address() as AddressInfo;
  return {
    address: { host, port: real },
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, pages: Pages): Promise<void> {
  // One answer for each connection: they are few, and none is kept.
  response.setHeader('Connection', 'close');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  const say = (status: number, text: string): void => {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(request.method === 'HEAD' ? undefined : `${text}\n`);
  };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    say(405, 'only GET');
    return;
  }
  const [path] = (request.url ?? '').split('?', 1);
  if (path === '/healthz') {
    const trouble = pages.trouble();
    say(trouble === undefined ? 200 : 503, trouble ?? 'ok');
  } else if (path === '/metrics') {
    const wantsOpen = request.headers.accept?.includes('application/openmetrics-text') === true;
    const { contentType, text } = await pages.metrics(wantsOpen ? 'openmetrics' : 'prometheus');
    response.writeHead(200, { 'Content-Type': contentType });
    response.end(request.method === 'HEAD' ? undefined : text);
  } else say(404, 'only /metrics and /healthz');
}
