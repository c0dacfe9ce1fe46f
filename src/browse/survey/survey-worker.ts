/** The survey's thread: scans and explains, tells how far it is, and hands the tree over without copying. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { setUnanswered } from '../../system/calls/unanswered-places.ts';
import { carryOutSurvey } from './survey.ts';
import type { SurveyNews, SurveyOrder } from './messages.ts';

const { order, unanswered } = workerData as {
  readonly order: SurveyOrder;
  readonly unanswered: readonly ByteString[];
};
setUnanswered(unanswered);
const port = parentPort!;
const controller = new AbortController();
port.on('message', () => controller.abort());

const tell = (news: SurveyNews): void => {
  const handed = news.news === 'done' || news.news === 'before' ? Object.values(news.tree.columns) : [];
  port.postMessage(
    news,
    handed.flatMap((column) => (typeof column === 'number' ? [] : [column.buffer as ArrayBuffer])),
  );
};

async function run(): Promise<void> {
  try {
    await carryOutSurvey(order, tell, controller.signal);
  } catch (error) {
    tell(
      error instanceof UsageError
        ? { news: 'refused', message: error.message, path: error.path }
        : { news: 'failed', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) },
    );
  }
  port.close();
}

void run();
