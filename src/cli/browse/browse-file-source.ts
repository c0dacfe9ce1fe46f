/** A tree that was written down, as the browser's source: it is what it is, and nothing brings it up to date. */
import { startSurvey } from '../../browse/browse.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { takeNews } from './browse-news.ts';
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
      (news) => takeNews(news, hooks),
      (error) => hooks.fail(error),
    );
  }

  rescan(): void {
    // No state of such a tree wishes for it.
  }

  end(): void {
    this.#reading?.end();
  }
}
