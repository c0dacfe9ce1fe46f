/** A server that takes alarms. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Takes what is posted; answers as `answers` says, one after the other, then 204. */
export async function hookReceiver(answers: number[]) {
  const taken: { type: string; lostBefore?: number; filesystem: { availableBytes: number } }[] = [];
  const keys: string[] = [];
  let asked = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => (body += String(data)));
    request.on('end', () => {
      asked++;
      keys.push(String(request.headers['idempotency-key']));
      const status = answers.shift() ?? 204;
      response.writeHead(status).end();
      if (status === 204) taken.push(JSON.parse(body) as (typeof taken)[number]);
      server.emit('asked');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook?key=secret`,
    port,
    taken,
    /** What told one alarm from another, of each that was sent. */
    keys,
    asked: () => asked,
    untilAsked: async (count: number) => {
      for (let left = count - asked; left > 0; left--) await once(server, 'asked');
    },
    until: async (count: number) => {
      while (taken.length < count) await once(server, 'asked');
    },
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
