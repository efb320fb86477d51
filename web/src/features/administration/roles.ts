/** Names of roles. */
import { useTranslation } from 'react-i18next';
import { ROLES } from './account';

export function useRoleName(): (role: string) => string {
  const { t } = useTranslation('administration');
  return (role) => {
    const known = ROLES.find((one) => one === role);
    return known ? t(`roles.${known}`) : role;
  };
}
