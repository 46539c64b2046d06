// what is loaded later is kept whole: of the schemas this alone
export { draftProblems } from '@storefront-support/contract/schemas';
