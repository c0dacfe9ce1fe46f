/** Where the browser's tree comes from: a scan that runs while it is looked at. Other sources keep the same promise. */
import { rescanned, startSurvey } from '../../browse/browse.ts';
import type { BrowseState, Place, Question, SurveyNews, SurveyOrder } from '../../browse/browse.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import { LiveTable } from '../../scan/scan.ts';

/** Whom a source tells. */
export interface SourceHooks {
  readonly ask: (question: Question) => void;
  readonly change: (to: (state: BrowseState) => BrowseState) => void;
  readonly fail: (error: unknown) => void;
}

export interface BrowseSource {
  readonly start: (hooks: SourceHooks) => void;
  /** Brings one directory up to date. */
  readonly rescan: (place: Place) => void;
  readonly end: () => void;
}

type ExplainOrder = Extract<SurveyOrder, { kind: 'explain' }>;

/** Scans `root` and finds out why it is as large as it is. */
export class ScanSource implements BrowseSource {
  readonly #root: ByteString;
  readonly #request: ExplainOrder['request'];
  readonly #running = new Set<ReturnType<typeof startSurvey>>();
  #hooks: SourceHooks | undefined;

  constructor(root: ByteString, request: ExplainOrder['request']) {
    this.#root = root;
    this.#request = request;
  }

  start(hooks: SourceHooks): void {
    this.#hooks = hooks;
    const { memory } = new LiveTable();
    hooks.ask({ ask: 'live', memory, root: { path: this.#root, isDirectory: true } });
    this.#survey({ kind: 'explain', request: this.#request, live: memory }, (news) =>
      this.#onNews(news, hooks),
    );
  }

  rescan({ directory, path }: Place): void {
    const hooks = this.#hooks!;
    const { source, threads, exclude, crossMounts } = this.#request;
    this.#survey({ kind: 'scan', path, source, threads, exclude, crossMounts }, (news) => {
      if (news.news === 'done') {
        hooks.ask({ ask: 'graft', directory, ...news.tree });
        hooks.change((state) => rescanned(state, path, undefined));
      } else if (news.news === 'refused') {
        hooks.change((state) => rescanned(state, path, `not scanned again: ${news.message}`));
      } else if (news.news === 'failed') {
        hooks.fail(new Error(news.stack));
      }
    });
  }

  end(): void {
    for (const survey of this.#running) survey.end();
  }

  #survey(order: SurveyOrder, onNews: (news: SurveyNews) => void): void {
    const survey = startSurvey(
      order,
      (news) => {
        if (news.news !== 'progress' && news.news !== 'scanned') this.#running.delete(survey);
        onNews(news);
      },
      (error) => this.#hooks!.fail(error),
    );
    this.#running.add(survey);
  }

  #onNews(news: SurveyNews, { ask, change, fail }: SourceHooks): void {
    switch (news.news) {
      case 'progress': {
        const { entries, diskBytes } = news;
        change((state) => ({ ...state, progress: { phase: 'scanning', entries, diskBytes } }));
        return;
      }
      case 'scanned':
        change((state) =>
          state.progress.phase === 'scanning'
            ? { ...state, progress: { ...state.progress, phase: 'explaining' } }
            : state,
        );
        return;
      case 'done': {
        ask({ ask: 'tree', ...news.tree });
        change((state) => ({ ...state, progress: { phase: 'done' }, survey: news.survey }));
        return;
      }
      case 'refused':
        fail(new UsageError(news.message, news.path));
        return;
      case 'failed':
        fail(new Error(news.stack));
        return;
    }
  }
}
