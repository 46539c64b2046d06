<header id="header">
  <div class="header-banner">{l s='Seconds sale in the yard, last Saturday of the month' d='Shop.Theme.Global'}</div>
  <div class="header-top">
    <div class="container">
      <a id="_desktop_logo" class="logo" href="{$urls.pages.index}">
        <svg viewBox="0 0 40 40" width="34" height="34" aria-hidden="true"><path d="M4 17h32c0 9-6 16-16 16S4 26 4 17z"/><path class="steam" d="M14 12c-3-4 3-5 0-9M21 12c-3-4 3-5 0-9M28 12c-3-4 3-5 0-9"/></svg>
        <span>{$shop.name}</span>
      </a>
      <nav id="_desktop_top_menu" class="menu js-top-menu" aria-label="{l s='Departments' d='Shop.Theme.Global'}">
        <ul class="top-menu" id="top-menu">
          {foreach $menu as $entry}
            <li class="category"><a class="dropdown-item" href="{$entry.url}"{if $entry.current} aria-current="page"{/if}>{$entry.label}</a></li>
          {/foreach}
        </ul>
      </nav>
      <div class="header-right">
        <div class="language-selector">
          {foreach $languages as $lang}
            {if $lang.iso_code != $language.iso_code}
              <a href="{$lang.url}" lang="{$lang.iso_code}" hreflang="{$lang.iso_code}">{$lang.name_simple}</a>
            {/if}
          {/foreach}
        </div>
        <a class="user-info" href="{$urls.pages.my_account}" rel="nofollow" title="{l s='Your account' d='Shop.Theme.Customeraccount'}">
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/></svg>
          <span class="sr-only">{l s='Your account' d='Shop.Theme.Customeraccount'}</span>
        </a>
        <a class="blockcart" href="{$urls.pages.cart}" rel="nofollow">
          <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path d="M5 8h14l1 13H4zM9 10V7a3 3 0 0 1 6 0v3"/></svg>
          <span class="sr-only">{l s='Basket' d='Shop.Theme.Checkout'}</span>
        </a>
      </div>
    </div>
  </div>
</header>
