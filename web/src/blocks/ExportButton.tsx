/** A list as a file, in the reader's language; a refusal is told beside the button. */
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { send } from '@/api/client';
import type { Query } from '@/lib/search';
import { Button } from '@/kit/Button';
import { ErrorNote } from '@/kit/ErrorNote';
import { Icon } from '@/kit/Icon';

/** Hands a file to the reader. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

interface Props {
  readonly record: string;
  readonly query: Query;
  readonly name: string;
}

export function ExportButton({ record, query, name }: Props) {
  const { t } = useTranslation();
  const take = useMutation({
    mutationFn: async (format: 'csv' | 'xlsx') => {
      const answer = await send('GET', `/records/${record}/export`, { query: { ...query, format } });
      saveFile(`${name}.${format}`, await answer.blob());
    },
  });
  return (
    <>
      {(['csv', 'xlsx'] as const).map((format) => (
        <Button key={format} size="sm" busy={take.isPending && take.variables === format} onClick={() => take.mutate(format)}>
          <Icon name="download" />
          {take.isPending && take.variables === format ? t('exporting') : t(format === 'csv' ? 'exportCsv' : 'exportXlsx')}
        </Button>
      ))}
      {take.error ? <ErrorNote error={take.error} onRetry={() => take.mutate(take.variables ?? 'csv')} /> : null}
    </>
  );
}
