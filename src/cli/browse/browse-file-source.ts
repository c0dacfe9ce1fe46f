/** A tree that was written down, as the browser's source: it is what it is, and nothing brings it up to date. */
import { startSurvey } from '../../browse/browse.ts';
import type { SurveyNews } from '../../browse/browse.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { BrowseSource, SourceHooks } from './browse-source.ts';

export class FileSource implements BrowseSource {
  readonly #path: ByteString;
  #reading: ReturnType<typeof startSurvey> | undefined;

  constructor(path: ByteString) {
    this.#path = path;
  }

  start(hooks: SourceHooks): void {
    this.#reading = startSurvey(
      { kind: 'file', path: this.#path },
      (news) => this.#onNews(news, hooks),
      (error) => hooks.fail(error),
    );
  }

  rescan(): void {
    // No state of such a tree wishes for it.
  }

  end(): void {
    this.#reading?.end();
  }

  #onNews(news: SurveyNews, { ask, change, fail }: SourceHooks): void {
    switch (news.news) {
      case 'progress': {
        const { entries, diskBytes } = news;
        change((state) => ({ ...state, progress: { phase: 'scanning', entries, diskBytes } }));
        return;
      }
      case 'done':
        ask({ ask: 'tree', recorded: news.recorded ?? [], ...news.tree });
        change((state) => ({ ...state, progress: { phase: 'done' }, survey: news.survey }));
        return;
      case 'refused':
        fail(new UsageError(news.message, news.path));
        return;
      case 'failed':
        fail(new Error(news.stack));
        return;
      case 'scanned':
    }
  }
}
