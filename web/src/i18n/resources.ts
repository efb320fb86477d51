/** Key checking: `t('hall:…')` is typed from the Chinese files. Add a feature's line here. */
import 'i18next';
import type administration from './zh/administration';
import type awards from './zh/awards';
import type authoring from './zh/authoring';
import type claims from './zh/claims';
import type common from './zh/common';
import type exchange from './zh/exchange';
import type facts from './zh/facts';
import type figures from './zh/figures';
import type hall from './zh/hall';
import type inbox from './zh/inbox';
import type map from './zh/map';
import type myFirm from './zh/my-firm';
import type policies from './zh/policies';
import type notices from './zh/notices';
import type payments from './zh/payments';
import type publicNotice from './zh/public-notice';
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
      'public-notice': typeof publicNotice;
      payments: typeof payments;
      notices: typeof notices;
      awards: typeof awards;
      inbox: typeof inbox;
      claims: typeof claims;
    };
  }
}
