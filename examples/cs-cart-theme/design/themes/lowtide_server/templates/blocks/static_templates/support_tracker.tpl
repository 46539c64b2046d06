<support-tracker platform="cs-cart" theme="auto"
    endpoint="{$addons.support_identity.endpoint}" desk="{$addons.support_identity.desk}"
    identity-url="{"support_identity.identity"|fn_url}">
    <a href="mailto:{$settings.Company.company_support_department}">{$settings.Company.company_support_department}</a>
</support-tracker>
