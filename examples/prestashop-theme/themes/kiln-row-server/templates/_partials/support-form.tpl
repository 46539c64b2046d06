<support-form platform="prestashop" endpoint="{$support.endpoint}" desk="{$support.desk}"
  identity-url="{$support.identity_url}" theme="auto">
  {include file="_partials/printed/{$language.iso_code}.html"}
  {hook h='displayContactContent'}
  <p><a href="mailto:{$shop.email}">{$shop.email}</a></p>
</support-form>
