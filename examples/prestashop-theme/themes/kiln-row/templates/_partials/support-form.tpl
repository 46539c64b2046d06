<support-form adapter="prestashop" theme="auto">
  {hook h='displayContactContent'}
  <p><a href="mailto:{$shop.email}">{$shop.email}</a></p>
</support-form>
