<support-form platform="prestashop" endpoint="{$support.endpoint}" desk="{$support.desk}"
  identity-url="{$support.identity_url}" theme="auto">
  {hook h='displayContactContent'}
  <p><a href="mailto:{$shop.email}">{$shop.email}</a></p>
</support-form>
