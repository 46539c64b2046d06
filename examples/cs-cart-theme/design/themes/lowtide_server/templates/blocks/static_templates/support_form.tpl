<support-form platform="cs-cart" theme="auto"
    endpoint="{$addons.support_identity.endpoint}" desk="{$addons.support_identity.desk}"
    identity-url="{"support_identity.identity"|fn_url}">
    {hook name="pages:page_content"}{/hook}
    <p><a href="mailto:{$settings.Company.company_support_department}">{$settings.Company.company_support_department}</a></p>
</support-form>
