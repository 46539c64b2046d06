{extends file=$layout}
{block name='content'}
  <section id="main">
    <div class="row product-container js-product-container">
      <div class="page-content" id="content">
        <div class="images-container js-images-container">
          <div class="product-cover"><img class="js-qv-product-cover" src="{$product.cover.url}" width="720" height="760" alt="{$product.cover.legend}"></div>
          <ul class="product-images js-qv-product-images">
            {foreach $product.images as $image}
              <li class="thumb-container"><img class="thumb js-thumb" src="{$image.url}" width="230" height="230" alt="{$image.legend}" loading="lazy"></li>
            {/foreach}
          </ul>
        </div>
      </div>
      <div class="product-details-column">
        <p class="product-category">{$product.category_name}</p>
        <h1>{$product.name}</h1>
        <div class="product-prices js-product-prices"><span class="current-price-value">{$product.price}</span> <span class="tax-shipping-delivery-label">{$product.labels.tax_long}</span></div>
        <div class="product-information">
          <div class="product-description">{$product.description_short nofilter}</div>
          <div class="product-actions js-product-actions">
            <form action="{$urls.pages.cart}" method="post" id="add-to-cart-or-refresh">
              <input type="hidden" name="id_product" value="{$product.id}" id="product_page_product_id">
              {foreach $product.groups as $id_group => $group}
                <fieldset class="product-variants-item">
                  <legend class="control-label">{$group.name}</legend>
                  <ul>
                    {foreach $group.attributes as $id_attribute => $attribute}
                      <li class="input-container"><label><input class="input-color" type="radio" name="group[{$id_group}]" value="{$id_attribute}"{if $attribute.selected} checked{/if}><span class="color color-{$attribute.swatch}"></span><span class="radio-label">{$attribute.name}</span></label></li>
                    {/foreach}
                  </ul>
                </fieldset>
              {/foreach}
              <div class="product-add-to-cart js-product-add-to-cart">
                <label class="product-quantity"><span class="control-label">{l s='Quantity' d='Shop.Theme.Catalog'}</span><input type="number" name="qty" id="quantity_wanted" value="1" min="1" class="input-group"></label>
                <button class="btn btn-primary add-to-cart" data-button-action="add-to-cart" type="button">{l s='Add to basket' d='Shop.Theme.Actions'}</button>
              </div>
              <p class="product-availability" id="product-availability">{$product.availability_message}</p>
            </form>
          </div>
          <div class="ask-us">
            <p>{l s='Not sure about size, glaze or delivery?' d='Shop.Theme.Catalog'}</p>
            {include file='_partials/support-launcher.tpl'}
          </div>
          <dl class="data-sheet">
            {foreach $product.features as $feature}
              <div><dt class="name">{$feature.name}</dt><dd class="value">{$feature.value}</dd></div>
            {/foreach}
          </dl>
        </div>
      </div>
    </div>
    <section class="product-story">
      <h2>{$product.story.title}</h2>
      <div>{$product.description nofilter}</div>
    </section>
    <section class="product-accessories">
      <h2 class="h3">{l s='From the same kiln' d='Shop.Theme.Catalog'}</h2>
      <div class="products">
        {foreach $accessories as $accessory}
          <article class="product-miniature js-product-miniature" data-id-product="{$accessory.id}">
            <a class="thumbnail product-thumbnail" href="{$accessory.url}"><img src="{$accessory.cover.url}" width="300" height="300" alt="" loading="lazy"><span class="product-title">{$accessory.name}</span><span class="price">{$accessory.price}</span></a>
          </article>
        {/foreach}
      </div>
    </section>
  </section>
{/block}
