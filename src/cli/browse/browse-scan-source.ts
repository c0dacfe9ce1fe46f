/** A scan that runs while it is looked at, as the browser's source. */
import { rescanned, startSurvey } from '../../browse/browse.ts';
import type { Place, SurveyNews, SurveyOrder } from '../../browse/browse.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { LiveTable } from '../../scan/scan.ts';
import { takeNews } from './browse-news.ts';
import type { BrowseSource, SourceHooks } from './browse-source.ts';

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
    this.#survey({ kind: 'explain', request: this.#request, live: memory }, (news) => takeNews(news, hooks));
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
}
