/** The desk's thread: takes questions in order, and tells figures that grow a few times a second. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ByteString } from '../../model/byte-string.ts';
import { setUnanswered } from '../../system/calls/unanswered-places.ts';
import { Desk } from './desk.ts';
import type { Question } from './desk.ts';

const REFRESH_MS = 250;
/** Looking takes at most this share of the time. */
const LEAST_REST = 4;

setUnanswered((workerData as { readonly unanswered: readonly ByteString[] }).unanswered);
const port = parentPort!;
const desk = new Desk((answer) => port.postMessage(answer));
let timer: NodeJS.Timeout | undefined;

port.on('message', (question: Question) => {
  desk.answer(question);
  if (desk.isLive) timer ??= setTimeout(refresh, REFRESH_MS);
});

function refresh(): void {
  timer = undefined;
  if (!desk.isLive) return;
  const startedAt = performance.now();
  desk.refresh();
  timer = setTimeout(refresh, Math.max(REFRESH_MS, (performance.now() - startedAt) * LEAST_REST));
}
