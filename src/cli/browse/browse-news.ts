/** What a survey tells, as changes of the browser's state. */
import { UsageError } from '../../model/errors.ts';
import type { SurveyNews } from '../../browse/browse.ts';
import type { SourceHooks } from './browse-source.ts';

/** Whatever the tree comes from. */
export function takeNews(news: SurveyNews, { ask, change, fail }: SourceHooks): void {
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
      const { tree, recorded, survey } = news;
      ask({ ask: 'tree', recorded, ...tree });
      change((state) => ({ ...state, progress: { phase: 'done' }, survey }));
      return;
    }
    case 'before': {
      const { tree, recorded, hasAllFiles, since } = news;
      ask({ ask: 'before', recorded, hasAllFiles, ...tree });
      change((state) => ({ ...state, since }));
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
