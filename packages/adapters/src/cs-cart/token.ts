/** Field of every form that is posted to the shop: it ties the form to a visit. */
export const TOKEN = 'security_hash';
