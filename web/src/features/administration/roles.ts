/** Roles as the packs name them. */
import { useModel } from '@/api/hooks';
import type { RoleModel } from '@/api/types';
import { useSay } from '@/kit/language';

const NONE: readonly RoleModel[] = [];

export function useRoles(): readonly RoleModel[] {
  return useModel().data?.roles ?? NONE;
}

export function useRoleName(): (role: string) => string {
  const roles = useRoles();
  const say = useSay();
  return (role) => say(roles.find((one) => one.name === role)?.label) || role;
}
