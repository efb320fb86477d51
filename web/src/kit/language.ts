/** The reader's language, and bilingual text in it. */
import { useTranslation } from 'react-i18next';
import { say, type Lang, type Words } from '@/lib/text';

export function useLang(): Lang {
  const { i18n } = useTranslation();
  return i18n.language === 'en' ? 'en' : 'zh';
}

export function useSay(): (text: Words | null | undefined) => string {
  const lang = useLang();
  return (text) => say(text, lang);
}
