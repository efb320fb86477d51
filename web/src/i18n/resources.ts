/** Key checking: `t('hall:…')` is typed from the Chinese files. Add a feature's line here. */
import 'i18next';
import type administration from './zh/administration';
import type authoring from './zh/authoring';
import type common from './zh/common';
import type exchange from './zh/exchange';
import type facts from './zh/facts';
import type figures from './zh/figures';
import type hall from './zh/hall';
import type map from './zh/map';
import type myFirm from './zh/my-firm';
import type policies from './zh/policies';
import type signIn from './zh/sign-in';
import type work from './zh/work';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      common: typeof common;
      hall: typeof hall;
      policies: typeof policies;
      'sign-in': typeof signIn;
      'my-firm': typeof myFirm;
      administration: typeof administration;
      facts: typeof facts;
      figures: typeof figures;
      map: typeof map;
      work: typeof work;
      authoring: typeof authoring;
      exchange: typeof exchange;
    };
  }
}
