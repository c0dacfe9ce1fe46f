/** Starts the browser's threads: the desk, which answers, and surveys, which scan. */
import { Worker } from 'node:worker_threads';
import { unansweredPlaces } from '../system/calls/unanswered-places.ts';
import type { Answer, Question } from './desk/desk.ts';
import type { SurveyNews, SurveyOrder } from './survey/survey.ts';

/** Three spaces of 2 MB: with V8's own 48 each thread keeps some 15 MB more of what it has long done with. */
const YOUNG_MB = 6;

/** What ends a thread that should not end. */
type OnFailure = (error: Error) => void;

export interface DeskThread {
  readonly ask: (question: Question) => void;
  readonly end: () => void;
}

export interface SurveyThread {
  /** Asks it to end with what it has. */
  readonly stop: () => void;
  readonly end: () => void;
}

export function startDesk(onAnswer: (answer: Answer) => void, onFailure: OnFailure): DeskThread {
  const worker = startThread('./desk/desk-worker', undefined);
  worker.on('message', onAnswer);
  worker.on('error', onFailure);
  return {
    ask: (question) => worker.postMessage(question, 'columns' in question ? columnsOf(question.columns) : []),
    end: () => void worker.terminate(),
  };
}

export function startSurvey(
  order: SurveyOrder,
  onNews: (news: SurveyNews) => void,
  onFailure: OnFailure,
): SurveyThread {
  const worker = startThread('./survey/survey-worker', order);
  worker.on('message', onNews);
  worker.on('error', onFailure);
  return {
    stop: () => worker.postMessage('stop'),
    end: () => void worker.terminate(),
  };
}

function startThread(path: string, order: unknown): Worker {
  const isSource = import.meta.url.endsWith('.ts');
  // In the bundle all threads lie in one folder.
  const file = isSource ? `${path}.ts` : `./${path.slice(path.lastIndexOf('/') + 1)}.js`;
  // Mounts that have not answered are passed over by every thread.
  const workerData = { order, unanswered: unansweredPlaces() };
  return new Worker(new URL(file, import.meta.url), {
    workerData,
    trackUnmanagedFds: false,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
}

/** The memory behind the columns, which moves with them. */
function columnsOf(columns: object): ArrayBuffer[] {
  return Object.values(columns).flatMap((column: unknown) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  );
}
