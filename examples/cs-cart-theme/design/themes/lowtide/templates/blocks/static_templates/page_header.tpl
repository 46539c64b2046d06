<header>
<div class="tygh-top-panel clearfix">
    <div class="container-fluid top-grid">
        <p>{__("lowtide.strip")}</p>
        <div class="ty-select-block ty-select-block-languages">
            {foreach $languages as $lang}{if $lang.lang_code != $smarty.const.CART_LANGUAGE}<a href="{$lang.url}" lang="{$lang.lang_code}" hreflang="{$lang.lang_code}">{$lang.name}</a>{/if}{/foreach}
        </div>
    </div>
</div>
<div class="tygh-header clearfix">
    <div class="container-fluid header-grid">
        <div class="ty-logo-container"><a href="{$home_url}">
            <svg viewBox="0 0 48 24" width="48" height="24" aria-hidden="true"><path d="M2 12c4-12 8-12 12 0s8 12 12 0 8-12 12 0 5 9 8 6"/></svg>
            <span>Lowtide</span>
        </a></div>
        <nav class="ty-menu" aria-label="{__("shop")}">
            <ul class="ty-menu__items cm-responsive-menu">
                {foreach $menu as $item}<li class="ty-menu__item"><a class="ty-menu__item-link" href="{$item.url}">{$item.label}</a></li>{/foreach}
            </ul>
        </nav>
        <div class="ty-dropdown-box" id="cart_status"><a class="ty-hand" href="{$home_url}" rel="nofollow"><svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M4 7h16l-1.5 12h-13zM8 7a4 4 0 0 1 8 0"/></svg><span class="ty-minicart-title">{__("cart")}</span></a></div>
    </div>
</div>
</header>
