/** Words for what the journal tells of accounts and settings, which are no records of the model. */
import { useTranslation } from 'react-i18next';
import type { OwnWords } from '@/blocks/Changes';
import { useCodeNames } from '@/blocks/values';
import { useSay } from '@/kit/language';
import { isAccountField } from './journal';
import { useRoleName } from './roles';

export function useAccountWords(used: boolean): OwnWords {
  const { t } = useTranslation('administration');
  const common = useTranslation().t;
  const say = useSay();
  const regions = useCodeNames(used ? ['region'] : []).get('region');
  const role = useRoleName();
  return {
    label: (field) => (isAccountField(field) ? t(`accountFields.${field}`) : ''),
    value: (field, value, was) => {
      if (typeof value === 'boolean') return value ? common('yes') : common('no');
      if (field === 'roles' && Array.isArray(value)) return value.map((one) => role(String(one))).join(common('comma'));
      if (field === 'region' && typeof value === 'string') return say(regions?.get(value)) || value;
      // The journal keeps these as inner numbers, which name nobody.
      if (field === 'organisation' || field === 'firm' || field === 'park') return was ? t('reference.former') : t('reference.chosen');
      return '';
    },
  };
}
