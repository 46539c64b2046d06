{extends file='page.tpl'}
{block name='page_header_container'}{/block}
{block name='page_content_container'}
  <div class="contact-layout">
    <div id="left-column">
      <h1>{l s='Talk to the potters' d='Shop.Theme.Global'}</h1>
      <p class="lead">{l s='A chip on arrival, a glaze you saw years ago, a table for forty: whoever answers you has clay under the nails.' d='Shop.Theme.Global'}</p>
      <div class="contact-rich">
        <dl>
          <div><dt>{l s='Studio' d='Shop.Theme.Global'}</dt><dd>{$shop.address}</dd></div>
          <div><dt>{l s='Open' d='Shop.Theme.Global'}</dt><dd>{l s='Tuesday to Saturday, 10 to 17' d='Shop.Theme.Global'}</dd></div>
          <div><dt>{l s='Telephone' d='Shop.Theme.Global'}</dt><dd><a href="tel:{$shop.phone|replace:' ':''}" dir="ltr">{$shop.phone}</a></dd></div>
        </dl>
      </div>
      <img src="{$urls.img_url}shelf.svg" width="480" height="300" alt="{l s='A shelf of cups drying in the studio' d='Shop.Theme.Global'}">
    </div>
    <section id="content" class="page-content card card-block">
      {block name='page_content'}
        {include file='_partials/support-form.tpl'}
      {/block}
    </section>
  </div>
{/block}
